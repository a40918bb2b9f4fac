-- Drop "v" view
DROP VIEW "v";
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "a";
-- Create "v" view
CREATE VIEW "v" ("id") AS SELECT t.id
   FROM t;
