-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id", "n") AS SELECT t.id,
    t.n
   FROM t
  WHERE (t.n > 0);
-- Create index "m_id" to table: "m"
CREATE UNIQUE INDEX "m_id" ON "m" ("id");
-- Set comment to materialized view: "m"
COMMENT ON MATERIALIZED VIEW "m" IS 'kept';
