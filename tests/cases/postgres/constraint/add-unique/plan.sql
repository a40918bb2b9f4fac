-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "uq" UNIQUE ("a");
