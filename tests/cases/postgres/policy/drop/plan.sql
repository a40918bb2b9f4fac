-- Drop policy "own" from table: "t"
DROP POLICY "own" ON "t";
