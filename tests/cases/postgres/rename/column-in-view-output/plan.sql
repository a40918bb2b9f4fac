-- Rename a column from "name" to "title"
ALTER TABLE "t" RENAME COLUMN "name" TO "title";
-- Drop "v" view
DROP VIEW "v";
-- Create "v" view
CREATE VIEW "v" ("id", "title") AS SELECT t.id,
    t.title
   FROM t;
