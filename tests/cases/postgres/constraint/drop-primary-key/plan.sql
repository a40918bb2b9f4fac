-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_pkey";
