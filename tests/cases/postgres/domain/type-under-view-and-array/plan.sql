-- Drop "v" view
DROP VIEW "v";
-- Rename domain type from "d" to "d_old"
ALTER DOMAIN "d" RENAME TO "d_old";
-- Create domain type "d"
CREATE DOMAIN "d" AS bigint NOT NULL;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE "d" USING "a"::text::"d", ALTER COLUMN "many" TYPE "d"[] USING "many"::text[]::"d"[];
-- Create "v" view
CREATE VIEW "v" ("a") AS SELECT t.a
   FROM t;
-- Drop domain type "d_old"
DROP DOMAIN "d_old";
