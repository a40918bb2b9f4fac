-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "when" date NULL;
-- Drop "f" function
DROP FUNCTION "f" ();
-- Drop "v2" view
DROP VIEW "v2";
-- Drop "v1" view
DROP VIEW "v1";
-- Create "v1" view
CREATE VIEW "v1" ("when", "id") AS SELECT t."when",
    t.id
   FROM t;
-- Create "v2" view
CREATE VIEW "v2" ("id") AS SELECT v1.id
   FROM v1;
-- Create "f" function
CREATE FUNCTION "f" () RETURNS SETOF "v2" LANGUAGE sql AS $$SELECT * FROM v2$$;
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id") AS SELECT v2.id
   FROM v2;
-- Create index "m_id" to table: "m"
CREATE INDEX "m_id" ON "m" ("id");
-- Set comment to materialized view: "m"
COMMENT ON MATERIALIZED VIEW "m" IS 'last';
-- Set comment to view: "v2"
COMMENT ON VIEW "v2" IS 'kept';
