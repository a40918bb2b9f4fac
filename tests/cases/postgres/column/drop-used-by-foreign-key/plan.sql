-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_p", DROP COLUMN "p_id";
