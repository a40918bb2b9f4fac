-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Drop "v" view
DROP VIEW "v";
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ck", ALTER COLUMN "id" DROP DEFAULT, DROP COLUMN "g";
-- Drop "f" function
DROP FUNCTION "f" (integer);
-- Create "f" function
CREATE FUNCTION "f" (integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$SELECT 1::bigint$$;
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "ck" CHECK (f(id) > 0), ALTER COLUMN "id" SET DEFAULT f(1), ADD COLUMN "g" integer NULL GENERATED ALWAYS AS (f(id)) STORED;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ((f(id)));
-- Create "v" view
CREATE VIEW "v" ("x") AS SELECT f(t.id) AS x
   FROM t;
