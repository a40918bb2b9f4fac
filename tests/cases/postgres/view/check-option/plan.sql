-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id") AS SELECT t.id
   FROM t
  WHERE (t.id > 0) WITH LOCAL CHECK OPTION;
