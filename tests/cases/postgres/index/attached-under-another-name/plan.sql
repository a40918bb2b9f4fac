-- Set comment to table: "p"
COMMENT ON TABLE "p" IS 'parent';
-- Rename an index from "p1_at_idx" to "p1_named"
ALTER INDEX "p1_at_idx" RENAME TO "p1_named";
-- Set comment to table: "p1"
COMMENT ON TABLE "p1" IS 'named';
