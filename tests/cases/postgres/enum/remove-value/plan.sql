-- Drop index "i" from table: "t"
DROP INDEX "i";
-- Drop "v" view
DROP VIEW "v";
-- Drop "f" function
DROP FUNCTION "f" ("status");
-- Rename enum type from "status" to "status_old"
ALTER TYPE "status" RENAME TO "status_old";
-- Create enum type "status"
CREATE TYPE "status" AS ENUM ('on', 'off');
-- Create "f" function
CREATE FUNCTION "f" ("x" "status") RETURNS integer LANGUAGE sql AS $$SELECT 1$$;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" DROP DEFAULT, ALTER COLUMN "s" TYPE "status" USING "s"::text::"status", ALTER COLUMN "s" SET DEFAULT 'on'::status, ALTER COLUMN "many" TYPE "status"[] USING "many"::text[]::"status"[];
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("id") WHERE (s = 'on'::status);
-- Create "v" view
CREATE VIEW "v" ("id") AS SELECT t.id
   FROM t
  WHERE (t.s = 'on'::status);
-- Drop enum type "status_old"
DROP TYPE "status_old";
