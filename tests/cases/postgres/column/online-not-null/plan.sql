-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "t_id_not_null" CHECK ("id" IS NOT NULL) NOT VALID;
-- Modify "t" table
ALTER TABLE "t" VALIDATE CONSTRAINT "t_id_not_null";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" SET NOT NULL;
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_id_not_null";
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "t_a_not_null" CHECK ("a" IS NOT NULL) NOT VALID;
-- Modify "t" table
ALTER TABLE "t" VALIDATE CONSTRAINT "t_a_not_null";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL;
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_a_not_null";
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("a");
