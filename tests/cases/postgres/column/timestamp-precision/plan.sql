-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "at" TYPE timestamptz(6), ALTER COLUMN "at" SET NOT NULL, ALTER COLUMN "at" SET DEFAULT CURRENT_TIMESTAMP;
-- Set comment to column: "at" on table: "t"
COMMENT ON COLUMN "t"."at" IS 'exact';
