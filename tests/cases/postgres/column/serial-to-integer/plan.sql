-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" DROP DEFAULT, ALTER COLUMN "id" TYPE bigint;
-- Drop sequence used by serial column "id"
DROP SEQUENCE IF EXISTS "t_id_seq";
