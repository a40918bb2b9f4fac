-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_p";
-- Modify "p" table
ALTER TABLE "p" DROP CONSTRAINT "p_pkey", ADD PRIMARY KEY ("id") INCLUDE ("code");
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("p_id") REFERENCES "p" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
