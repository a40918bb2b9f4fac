-- Create range type "span"
CREATE TYPE "span" AS RANGE (SUBTYPE = time);
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "s" "span" NULL DEFAULT '[01:00:00,02:00:00)'::span;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" USING gist ("s");
