-- Modify "a" table
ALTER TABLE "a" DROP COLUMN "old", ADD COLUMN "new" text NULL DEFAULT 'n'::text;
-- Set comment to column: "new" on table: "a"
COMMENT ON COLUMN "a"."new" IS 'for all';
-- Set comment to table: "c"
COMMENT ON TABLE "c" IS 'child';
