-- Create index "i" to table: "m"
CREATE UNIQUE INDEX "i" ON "m" ("a");
-- Set comment to materialized view: "m"
COMMENT ON MATERIALIZED VIEW "m" IS 'copied';
