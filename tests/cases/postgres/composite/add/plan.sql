-- Create composite type "pos"
CREATE TYPE "pos" AS ("x" integer, "y" text COLLATE "C");
-- Set comment to field: "x" of composite type: "pos"
COMMENT ON COLUMN "pos"."x" IS 'to the right';
