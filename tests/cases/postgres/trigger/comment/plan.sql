-- Set comment to trigger: "tr" on table: "t"
COMMENT ON TRIGGER "tr" ON "t" IS 'first';
