-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" TYPE bigint;
-- Set comment to column: "n" on table: "t"
COMMENT ON COLUMN "t"."n" IS 'large';
