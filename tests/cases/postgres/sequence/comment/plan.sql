-- Set comment to sequence: "s"
COMMENT ON SEQUENCE "s" IS 'counts';
