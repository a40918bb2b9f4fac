-- Modify "s" sequence
ALTER SEQUENCE "s" OWNED BY "t"."id";
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "old";
