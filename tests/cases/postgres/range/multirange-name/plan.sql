-- Drop range type "span"
DROP TYPE "span";
-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = time, MULTIRANGE_TYPE_NAME = "spans");
