-- Modify "p" table
ALTER TABLE "p" ADD PRIMARY KEY ("id", "at"), ADD CONSTRAINT "p_n" CHECK (n > 0);
-- Create index "p_n_i" to table: "p"
CREATE INDEX "p_n_i" ON "p" ("n");
