-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "m" integer NULL, ADD CONSTRAINT "ck" CHECK (n > 100) NOT VALID;
