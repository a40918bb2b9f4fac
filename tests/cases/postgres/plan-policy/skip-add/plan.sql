-- Set comment to table: "t"
COMMENT ON TABLE "t" IS 't';
