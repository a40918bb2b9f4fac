-- Modify domain type "d"
ALTER DOMAIN "d" ADD CONSTRAINT "small" CHECK (VALUE < 9);
-- Set comment to constraint: "positive" on domain: "d"
COMMENT ON CONSTRAINT "positive" ON DOMAIN "d" IS 'more than none';
-- Set comment to constraint: "small" on domain: "d"
COMMENT ON CONSTRAINT "small" ON DOMAIN "d" IS 'a digit';
-- Set comment to table: "t"
COMMENT ON TABLE "t" IS 't';
