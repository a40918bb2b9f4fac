-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "id" SET (n_distinct_inherited = 20), ALTER COLUMN "id" RESET (n_distinct);
