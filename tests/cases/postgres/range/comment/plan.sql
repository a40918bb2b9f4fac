-- Set comment to range type: "span"
COMMENT ON TYPE "span" IS 'of a day';
