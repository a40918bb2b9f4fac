-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id", "n") WITH (security_barrier = true) AS SELECT t.id,
    t.n
   FROM t
  WHERE (t.id > 0) WITH LOCAL CHECK OPTION;
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'v';
-- Set comment to column: "n" on view: "v"
COMMENT ON COLUMN "v"."n" IS 'n';
