-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" TYPE bigint, ALTER COLUMN "a" TYPE text COLLATE "POSIX";
-- Set comment to column: "a" on table: "t"
COMMENT ON COLUMN "t"."a" IS 'sorted by bytes';
