-- Modify domain type "d"
ALTER DOMAIN "d" VALIDATE CONSTRAINT "small";
-- Set comment to domain: "d"
COMMENT ON DOMAIN "d" IS 'validated';
