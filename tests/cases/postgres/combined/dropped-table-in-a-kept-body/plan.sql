-- Drop "t" table
DROP TABLE "t";
-- Set comment to function: "reads_t"
COMMENT ON FUNCTION "reads_t" () IS 'of nothing';
-- Modify "u" table
ALTER TABLE "u" ADD COLUMN "a" text NULL;
