-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE integer;
-- Drop domain type "d"
DROP DOMAIN "d";
