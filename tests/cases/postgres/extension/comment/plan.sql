-- Set comment to extension: "hstore"
COMMENT ON EXTENSION "hstore" IS 'pairs';
