-- Drop trigger "tr" from table: "t"
DROP TRIGGER "tr" ON "t";
-- Drop policy "p" from table: "t"
DROP POLICY "p" ON "t";
-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Rename enum type from "status" to "status_old"
ALTER TYPE "status" RENAME TO "status_old";
-- Create enum type "status"
CREATE TYPE "status" AS ENUM ('on', 'off');
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "s" TYPE "status" USING "s"::text::"status";
-- Create trigger "tr" on table: "t"
CREATE TRIGGER "tr" BEFORE INSERT ON "t" FOR EACH ROW WHEN (new.s = 'on'::status) EXECUTE FUNCTION "f" ();
-- Create policy "p" on table: "t"
CREATE POLICY "p" ON "t" USING (s = 'on'::status);
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id", "s") AS SELECT t.id,
    t.s
   FROM t;
-- Create index "mi" to table: "m"
CREATE UNIQUE INDEX "mi" ON "m" ("id");
-- Set comment to materialized view: "m"
COMMENT ON MATERIALIZED VIEW "m" IS 'rebuilt';
-- Drop enum type "status_old"
DROP TYPE "status_old";
