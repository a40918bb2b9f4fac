-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_pkey", ADD PRIMARY KEY ("id", "a");
