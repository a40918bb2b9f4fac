-- Add value to enum type: "e"
ALTER TYPE "e" ADD VALUE 'c';
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "ck" CHECK (e <> 'c'::e);
