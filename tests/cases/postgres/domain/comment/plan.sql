-- Set comment to domain: "d"
COMMENT ON DOMAIN "d" IS 'a number';
