-- Drop range type "span"
DROP TYPE "span";
-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops, COLLATION = "C");
