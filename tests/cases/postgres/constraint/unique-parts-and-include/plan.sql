-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "uq", ADD CONSTRAINT "uq" UNIQUE ("b", "a") INCLUDE ("id");
