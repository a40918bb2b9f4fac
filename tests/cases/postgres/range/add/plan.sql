-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = time, MULTIRANGE_TYPE_NAME = "spans");
