-- Drop enum type "status"
DROP TYPE "status";
