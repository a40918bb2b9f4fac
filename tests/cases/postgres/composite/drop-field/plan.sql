-- Modify composite type "pos"
ALTER TYPE "pos" DROP ATTRIBUTE "y", ADD ATTRIBUTE "u" text;
-- Set comment to composite type: "pos"
COMMENT ON TYPE "pos" IS 'a place';
