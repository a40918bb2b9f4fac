-- Create domain type "email"
CREATE DOMAIN "email" AS text CONSTRAINT "email_check" CHECK (VALUE ~~ '%@%'::text);
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "e" TYPE "email";
