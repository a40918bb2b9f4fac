-- Create index "p_at" to table: "p"
CREATE INDEX "p_at" ON "p" ("at");
-- Attach partition "p1" to table: "p"
ALTER TABLE "p" ATTACH PARTITION "p1" FOR VALUES FROM ('2020-01-01') TO ('2022-01-01');
