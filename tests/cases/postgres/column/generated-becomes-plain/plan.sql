-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "g" DROP EXPRESSION;
-- Set comment to column: "g" on table: "t"
COMMENT ON COLUMN "t"."g" IS 'no longer computed';
