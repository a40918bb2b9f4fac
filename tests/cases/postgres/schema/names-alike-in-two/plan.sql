-- Drop "v" view
DROP VIEW "a"."v";
-- Add value to enum type: "s"
ALTER TYPE "a"."s" ADD VALUE 'y';
-- Modify "t" table
ALTER TABLE "b"."t" ALTER COLUMN "s" TYPE "a"."s" USING "s"::text::"a"."s";
-- Create "v" view
CREATE VIEW "a"."v" ("s") AS SELECT t.s
   FROM b.t;
-- Drop enum type "s"
DROP TYPE "b"."s";
