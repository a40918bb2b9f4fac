-- Drop composite type "pos"
DROP TYPE "pos";
