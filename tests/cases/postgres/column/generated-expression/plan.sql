-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "b", ADD COLUMN "b" integer NULL GENERATED ALWAYS AS (a + 2) STORED;
