-- Drop index "p_at" from table: "p"
DROP INDEX "p_at";
-- Set comment to column: "at" on table: "p"
COMMENT ON COLUMN "p"."at" IS 'day';
