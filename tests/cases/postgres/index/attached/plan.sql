-- Attach index "p1_by_day" of table: "p1"
ALTER INDEX "p_at" ATTACH PARTITION "p1_by_day";
