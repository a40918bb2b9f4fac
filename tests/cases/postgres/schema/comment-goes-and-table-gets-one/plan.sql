-- Set comment to schema: "a"
COMMENT ON SCHEMA "a" IS NULL;
-- Set comment to table: "t"
COMMENT ON TABLE "a"."t" IS 't';
