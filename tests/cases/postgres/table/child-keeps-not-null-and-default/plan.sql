-- Modify "a" table
ALTER TABLE "a" ALTER COLUMN "id" DROP NOT NULL, ALTER COLUMN "id" SET DEFAULT 2;
-- Modify "c" table
ALTER TABLE "c" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "id" SET DEFAULT 3;
-- Set comment to table: "d"
COMMENT ON TABLE "d" IS 'last';
