-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" SET DEFAULT now();
-- Set comment to column: "n" on table: "t"
COMMENT ON COLUMN "t"."n" IS 'when';
