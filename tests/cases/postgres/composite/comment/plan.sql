-- Set comment to composite type: "pos"
COMMENT ON TYPE "pos" IS 'a place';
