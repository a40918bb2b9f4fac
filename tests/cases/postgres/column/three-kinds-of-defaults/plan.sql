-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" DROP DEFAULT, ALTER COLUMN "a" SET DEFAULT 'y'::text, ALTER COLUMN "b" SET DEFAULT false, DROP COLUMN "gone";
-- Set comment to index: "i" on table: "t"
COMMENT ON INDEX "i" IS 'stays';
