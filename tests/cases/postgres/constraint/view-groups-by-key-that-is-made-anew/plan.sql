-- Drop "v" view
DROP VIEW "v";
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_pkey", ADD PRIMARY KEY ("id") INCLUDE ("a");
-- Create "v" view
CREATE VIEW "v" ("id", "a", "n") AS SELECT t.id,
    t.a,
    count(*) AS n
   FROM t
  GROUP BY t.id;
-- Set comment to view: "v"
COMMENT ON VIEW "v" IS 'counted';
