-- Set comment to schema: "a"
COMMENT ON SCHEMA "a" IS 'it''s "a"';
