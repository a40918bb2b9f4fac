-- Set comment to column: "id" on view: "m"
COMMENT ON COLUMN "m"."id" IS 'new';
-- Set comment to column: "twin" on view: "m"
COMMENT ON COLUMN "m"."twin" IS NULL;
