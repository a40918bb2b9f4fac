-- Modify "p" table
ALTER TABLE "p" ADD PRIMARY KEY ("id", "at"), ADD CONSTRAINT "p_n" CHECK (n > 0);
-- Create index "p_n_i" to table: "p"
CREATE INDEX "p_n_i" ON ONLY "p" ("n");
-- Create index "p1_n_idx" to table: "p1"
CREATE INDEX CONCURRENTLY "p1_n_idx" ON "p1" ("n");
-- Attach index "p1_n_idx" of table: "p1"
ALTER INDEX "p_n_i" ATTACH PARTITION "p1_n_idx";
