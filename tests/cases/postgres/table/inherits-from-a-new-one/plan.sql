-- Create "a" table
CREATE TABLE "a" (
  "id" integer NULL,
  CONSTRAINT "positive" CHECK (id > 0)
);
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "positive" CHECK (id > 0);
-- Modify "c" table
ALTER TABLE "c" INHERIT "a";
