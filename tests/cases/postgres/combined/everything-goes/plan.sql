-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Drop "v" view
DROP VIEW "v";
-- Drop "u" table
DROP TABLE "u";
-- Drop "reads" function
DROP FUNCTION "reads" ();
-- Drop "t" table
DROP TABLE "t";
-- Drop "tf" function
DROP FUNCTION "tf" ();
-- Drop "f" function
DROP FUNCTION "f" (integer);
-- Drop "s" sequence
DROP SEQUENCE "s";
-- Drop enum type "e"
DROP TYPE "e";
-- Drop composite type "c"
DROP TYPE "c";
-- Drop domain type "d"
DROP DOMAIN "d";
