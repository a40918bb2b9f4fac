-- Create enum type "status"
CREATE TYPE "status" AS ENUM ('on', 'it''s off');
-- Set comment to enum type: "status"
COMMENT ON TYPE "status" IS 'of a thing';
