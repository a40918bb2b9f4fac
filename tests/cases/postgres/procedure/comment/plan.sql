-- Set comment to procedure: "p"
COMMENT ON PROCEDURE "p" () IS 'does nothing';
