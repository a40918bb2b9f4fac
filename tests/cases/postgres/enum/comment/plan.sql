-- Set comment to enum type: "status"
COMMENT ON TYPE "status" IS 'of a thing';
