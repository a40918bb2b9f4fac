-- Detach partition "p1" from table: "p"
ALTER TABLE "p" DETACH PARTITION "p1";
-- Create index "q_id" to table: "q"
CREATE INDEX "q_id" ON "q" ("id");
-- Attach partition "p1" to table: "q"
ALTER TABLE "q" ATTACH PARTITION "p1" FOR VALUES FROM ('2020-01-01') TO ('2022-01-01');
