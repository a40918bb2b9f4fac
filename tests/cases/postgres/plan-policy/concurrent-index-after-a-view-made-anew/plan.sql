-- Drop "v" view
DROP VIEW "v";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE bigint;
-- Create "v" view
CREATE VIEW "v" ("id", "a") AS SELECT t.id,
    t.a
   FROM t;
-- Create index "t_b" to table: "t"
CREATE INDEX CONCURRENTLY "t_b" ON "t" ("b");
