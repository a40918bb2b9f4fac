-- Create index "p2_at_idx" to table: "p2"
CREATE INDEX "p2_at_idx" ON "p2" ("at");
-- Attach index "p2_at_idx" of table: "p2"
ALTER INDEX "p_at" ATTACH PARTITION "p2_at_idx";
