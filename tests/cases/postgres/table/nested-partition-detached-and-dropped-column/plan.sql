-- Detach partition "p1_a" from table: "p1"
ALTER TABLE "p1" DETACH PARTITION "p1_a";
-- Modify "p" table
ALTER TABLE "p" DROP COLUMN "extra", ADD COLUMN "more" integer NULL;
-- Modify "p1_a" table
ALTER TABLE "p1_a" DROP COLUMN "extra", ADD COLUMN "more" integer NULL;
