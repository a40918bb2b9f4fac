-- Rename a table from "p1" to "first"
ALTER TABLE "p1" RENAME TO "first";
-- Set comment to table: "first"
COMMENT ON TABLE "first" IS 'below ten';
