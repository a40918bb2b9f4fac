-- Modify "t" table
ALTER TABLE "t" VALIDATE CONSTRAINT "ck";
