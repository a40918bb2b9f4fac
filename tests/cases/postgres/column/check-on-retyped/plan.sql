-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ck", ADD CONSTRAINT "ck" CHECK (a <> ''::text), ALTER COLUMN "a" TYPE text;
