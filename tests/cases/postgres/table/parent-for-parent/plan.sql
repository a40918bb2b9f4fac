-- Create "b" table
CREATE TABLE "b" (
  "id" integer NULL
);
-- Modify "c" table
ALTER TABLE "c" NO INHERIT "a";
-- Drop "a" table
DROP TABLE "a";
-- Modify "c" table
ALTER TABLE "c" INHERIT "b";
