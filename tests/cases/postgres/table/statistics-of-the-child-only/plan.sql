-- Modify "a" table
ALTER TABLE "a" ALTER COLUMN "n" SET DEFAULT 'a'::text;
-- Set comment to table: "a"
COMMENT ON TABLE "a" IS 'parent';
-- Modify "c" table
ALTER TABLE "c" ALTER COLUMN "n" DROP DEFAULT, ALTER COLUMN "n" SET STATISTICS 500;
