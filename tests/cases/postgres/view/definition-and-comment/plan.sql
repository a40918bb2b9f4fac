-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id", "n") AS SELECT t.id,
    t.n
   FROM t
  WHERE (t.n > 0);
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'positive';
