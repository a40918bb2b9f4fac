-- Drop "v" view
DROP VIEW "v";
-- Modify "p" table
ALTER TABLE "p" ALTER COLUMN "n" TYPE bigint, DROP COLUMN "g", ADD COLUMN "g" integer NULL GENERATED ALWAYS AS (n * 2) STORED;
-- Create "v" view
CREATE VIEW "v" ("n") AS SELECT p1.n
   FROM p1;
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'of one partition';
