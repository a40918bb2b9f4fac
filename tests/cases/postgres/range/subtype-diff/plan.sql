-- Drop range type "span"
DROP TYPE "span";
-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
