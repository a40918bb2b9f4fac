-- Set comment to column: "id" on view: "v"
COMMENT ON COLUMN "v"."id" IS 'new';
-- Set comment to column: "twin" on view: "v"
COMMENT ON COLUMN "v"."twin" IS NULL;
