-- Create domain type "d"
CREATE DOMAIN "d" AS integer DEFAULT 3;
-- Modify domain type "d"
ALTER DOMAIN "d" ADD CONSTRAINT "small" CHECK (VALUE < 100) NOT VALID;
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "a" "d" NOT NULL;
