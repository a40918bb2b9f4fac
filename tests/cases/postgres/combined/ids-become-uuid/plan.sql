-- Modify "b" table
ALTER TABLE "b" DROP CONSTRAINT "b_a";
-- Modify "a" table
ALTER TABLE "a" ALTER COLUMN "id" TYPE uuid USING "id"::uuid, ALTER COLUMN "id" SET DEFAULT gen_random_uuid();
-- Modify "b" table
ALTER TABLE "b" ALTER COLUMN "a_id" TYPE uuid USING "a_id"::uuid, ADD CONSTRAINT "b_a" FOREIGN KEY ("a_id") REFERENCES "a" ("id") ON UPDATE NO ACTION ON DELETE CASCADE;
