-- Drop "c" view
DROP VIEW "c";
-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Drop "f" function
DROP FUNCTION "f" ();
-- Drop "b" view
DROP VIEW "b";
-- Drop "a" view
DROP VIEW "a";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" TYPE numeric(10,2);
-- Create "a" view
CREATE VIEW "a" ("id", "n") AS SELECT t.id,
    t.n
   FROM t;
-- Create "b" view
CREATE VIEW "b" ("n") AS SELECT a.n
   FROM a;
-- Create "f" function
CREATE FUNCTION "f" () RETURNS bigint LANGUAGE sql BEGIN ATOMIC
 SELECT sum(b.n) AS sum
    FROM b;
END;
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("n") AS SELECT b.n
   FROM b;
-- Create index "mi" to table: "m"
CREATE UNIQUE INDEX "mi" ON "m" ("n");
-- Create "c" view
CREATE VIEW "c" ("total") AS SELECT f() AS total;
-- Set comment to view: "c"
COMMENT ON VIEW "c" IS 'total';
