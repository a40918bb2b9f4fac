-- Create "p2" table
CREATE TABLE "p2" PARTITION OF "p" FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
-- Rename an index from "p2_at_idx" to "p2_named"
ALTER INDEX "p2_at_idx" RENAME TO "p2_named";
-- Set comment to index: "p2_named" on table: "p2"
COMMENT ON INDEX "p2_named" IS 'named';
-- Set comment to table: "p"
COMMENT ON TABLE "p" IS 'p';
