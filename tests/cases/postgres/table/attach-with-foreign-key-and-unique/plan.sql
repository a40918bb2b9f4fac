-- Rename an index from "mine_at" to "p1_at_idx"
ALTER INDEX "mine_at" RENAME TO "p1_at_idx";
-- Attach partition "p1" to table: "p"
ALTER TABLE "p" ATTACH PARTITION "p1" FOR VALUES FROM ('2020-01-01') TO ('2022-01-01');
