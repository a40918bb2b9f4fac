-- Modify "p" table
ALTER TABLE "p" ADD COLUMN "twice" integer NULL GENERATED ALWAYS AS (id * 2) STORED;
-- Modify "p1" table
ALTER TABLE "p1" ENABLE ROW LEVEL SECURITY;
