-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id", "n") AS SELECT t.id,
    lower(t.n) AS n
   FROM t;
-- Create index "m_id" to table: "m"
CREATE UNIQUE INDEX "m_id" ON "m" ("id");
-- Set comment to index: "m_id" on table: "m"
COMMENT ON INDEX "m_id" IS 'once';
-- Set comment to column: "n" on view: "m"
COMMENT ON COLUMN "m"."n" IS 'small';
