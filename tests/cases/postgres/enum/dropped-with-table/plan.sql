-- Drop "t" table
DROP TABLE "t";
-- Drop enum type "status"
DROP TYPE "status";
