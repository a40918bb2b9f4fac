-- Drop policy "own" from table: "t"
DROP POLICY "own" ON "t";
-- Modify "t" table
ALTER TABLE "t" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
