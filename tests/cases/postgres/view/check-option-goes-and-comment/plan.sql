-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id") AS SELECT t.id
   FROM t
  WHERE (t.id > 0);
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'unchecked';
