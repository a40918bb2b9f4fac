-- Modify "c" table
ALTER TABLE "c" NO INHERIT "a";
-- Drop "a" table
DROP TABLE "a";
