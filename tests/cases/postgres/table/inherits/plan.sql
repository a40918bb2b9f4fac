-- Modify "c" table
ALTER TABLE "c" INHERIT "a";
