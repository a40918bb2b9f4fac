-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'it''s v';
