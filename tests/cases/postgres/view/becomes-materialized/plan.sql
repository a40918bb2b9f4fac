-- Drop "v" view
DROP VIEW "v";
-- Create "v" materialized view
CREATE MATERIALIZED VIEW "v" ("id") AS SELECT t.id
   FROM t;
-- Create index "v_id" to table: "v"
CREATE UNIQUE INDEX "v_id" ON "v" ("id");
