-- Drop trigger "tr" from table: "t"
DROP TRIGGER "tr" ON "t";
-- Drop policy "p" from table: "t"
DROP POLICY "p" ON "t";
-- Drop "w" view
DROP VIEW "w";
-- Drop "v" view
DROP VIEW "v";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" DROP DEFAULT, ALTER COLUMN "n" TYPE bigint, ALTER COLUMN "n" SET DEFAULT 0, DROP COLUMN "g", ADD COLUMN "g" integer NULL GENERATED ALWAYS AS (n * 2) STORED;
-- Create trigger "tr" on table: "t"
CREATE TRIGGER "tr" BEFORE UPDATE OF "n" ON "t" FOR EACH ROW WHEN (new.n > 1) EXECUTE FUNCTION "f" ();
-- Create policy "p" on table: "t"
CREATE POLICY "p" ON "t" USING (n > 1);
-- Create "v" view
CREATE VIEW "v" ("id", "n") AS SELECT t.id,
    t.n
   FROM t;
-- Create "w" view
CREATE VIEW "w" ("n") AS SELECT v.n
   FROM v;
