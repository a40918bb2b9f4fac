-- Drop policy "ins" from table: "t"
DROP POLICY "ins" ON "t";
-- Modify policy "own" on table: "t"
ALTER POLICY "own" ON "t" USING (id > 0);
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "owner";
