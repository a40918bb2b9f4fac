-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_n_not_null" CHECK ("n" IS NOT NULL) NOT VALID;
-- Modify "c" table
ALTER TABLE "c" VALIDATE CONSTRAINT "c_n_not_null";
-- Modify "c" table
ALTER TABLE "c" ALTER COLUMN "n" SET NOT NULL;
-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_n_not_null";
-- Modify "c" table
ALTER TABLE "c" VALIDATE CONSTRAINT "c_p";
-- Modify "c" table
ALTER TABLE "c" VALIDATE CONSTRAINT "ck";
