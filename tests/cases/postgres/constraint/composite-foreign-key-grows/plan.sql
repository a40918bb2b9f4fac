-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_p";
-- Modify "p" table
ALTER TABLE "p" DROP CONSTRAINT "p_pkey", ALTER COLUMN "b" SET NOT NULL, ADD PRIMARY KEY ("a", "b");
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("a", "b") REFERENCES "p" ("a", "b") ON UPDATE NO ACTION ON DELETE NO ACTION;
