-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_p";
