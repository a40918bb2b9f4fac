-- Rename a column from "name" to "title"
ALTER TABLE "t" RENAME COLUMN "name" TO "title";
-- Modify "nested" view
CREATE OR REPLACE VIEW "nested" ("label") AS SELECT x.title AS label
   FROM ( SELECT t.title
           FROM t) x;
-- Modify "plain" view
CREATE OR REPLACE VIEW "plain" ("id") AS SELECT t.id
   FROM t
  WHERE (t.title <> ''::text);
