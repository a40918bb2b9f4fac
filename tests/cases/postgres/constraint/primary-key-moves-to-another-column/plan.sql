-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_t";
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_pkey", ADD PRIMARY KEY ("code"), ADD CONSTRAINT "t_id" UNIQUE ("id");
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_t" FOREIGN KEY ("t") REFERENCES "t" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
