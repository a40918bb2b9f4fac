-- Modify "p" table
ALTER TABLE "p" ADD CONSTRAINT "p_code" UNIQUE ("code");
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("p_code") REFERENCES "p" ("code") ON UPDATE NO ACTION ON DELETE NO ACTION;
