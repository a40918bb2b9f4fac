-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" TYPE bigint;
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id") AS SELECT t.id
   FROM t;
-- Create index "m_id" to table: "m"
CREATE INDEX "m_id" ON "m" ("id");
