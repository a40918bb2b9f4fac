-- Rename a column from "n" to "amount"
ALTER TABLE "t" RENAME COLUMN "n" TO "amount";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "amount" DROP DEFAULT, ALTER COLUMN "amount" TYPE bigint, ALTER COLUMN "amount" SET DEFAULT 2;
