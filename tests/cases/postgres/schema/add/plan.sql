-- Add new schema named "a"
CREATE SCHEMA "a";
-- Set comment to schema: "a"
COMMENT ON SCHEMA "a" IS 'all of a';
