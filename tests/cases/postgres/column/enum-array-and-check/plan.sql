-- Add value to enum type: "color"
ALTER TYPE "color" ADD VALUE 'green';
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "c" SET DEFAULT '{green}'::color[], ADD CONSTRAINT "ck" CHECK (array_length(c, 1) < 5);
