-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "g", ADD COLUMN "g" bigint NULL GENERATED ALWAYS AS (a * 2) STORED;
