-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_pkey", DROP COLUMN "id", ADD PRIMARY KEY ("code");
