-- Drop policy "pol" from table: "child"
DROP POLICY "pol" ON "child";
-- Drop "v" view
DROP VIEW "v";
-- Modify "parent" table
ALTER TABLE "parent" ALTER COLUMN "n" TYPE text;
-- Create policy "pol" on table: "child"
CREATE POLICY "pol" ON "child" USING (n <> ''::text);
-- Create "v" view
CREATE VIEW "v" ("n", "x") AS SELECT child.n,
    child.x
   FROM child;
