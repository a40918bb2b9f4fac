-- Modify "c" table
ALTER TABLE "c" VALIDATE CONSTRAINT "c_p";
