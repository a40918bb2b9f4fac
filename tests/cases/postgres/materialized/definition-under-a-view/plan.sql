-- Drop "v" view
DROP VIEW "v";
-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id") AS SELECT t.id
   FROM t
  WHERE (t.n > 0);
-- Create "v" view
CREATE VIEW "v" ("id") AS SELECT m.id
   FROM m
  WHERE (m.id > 1);
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'v';
