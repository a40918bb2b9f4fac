-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Create "f" function
CREATE FUNCTION "f" ("a" bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$SELECT a$$;
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ck", ADD CONSTRAINT "ck" CHECK (f(id) > 0), ALTER COLUMN "id" TYPE bigint;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ((f(id)));
-- Drop "f" function
DROP FUNCTION "f" (integer);
