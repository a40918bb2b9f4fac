-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "u" uuid NOT NULL DEFAULT gen_random_uuid();
-- Set comment to column: "id" on table: "t"
COMMENT ON COLUMN "t"."id" IS 'number';
-- Set comment to column: "u" on table: "t"
COMMENT ON COLUMN "t"."u" IS 'random';
