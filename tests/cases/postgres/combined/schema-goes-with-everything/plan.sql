-- Drop "v" view
DROP VIEW "a"."v";
-- Modify "kept" table
ALTER TABLE "public"."kept" DROP CONSTRAINT "to_a";
-- Drop "t" table
DROP TABLE "a"."t";
-- Drop "f" function
DROP FUNCTION "a"."f" ();
-- Drop enum type "e"
DROP TYPE "a"."e";
-- Drop schema named "a"
DROP SCHEMA "a";
