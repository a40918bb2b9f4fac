-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("p_id") REFERENCES "p" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION NOT VALID;
-- Modify "c" table
ALTER TABLE "c" VALIDATE CONSTRAINT "c_p";
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "positive" CHECK (id > 0) NOT VALID;
-- Modify "c" table
ALTER TABLE "c" VALIDATE CONSTRAINT "positive";
