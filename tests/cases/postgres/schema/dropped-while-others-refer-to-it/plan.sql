-- Modify "u" table
ALTER TABLE "public"."u" DROP CONSTRAINT "u_id_fkey", ALTER COLUMN "kind" TYPE text;
-- Modify "v" view
CREATE OR REPLACE VIEW "public"."v" ("id") AS SELECT u.id
   FROM public.u;
-- Drop "t" table
DROP TABLE "a"."t";
-- Drop enum type "kind"
DROP TYPE "a"."kind";
-- Drop schema named "a"
DROP SCHEMA "a";
