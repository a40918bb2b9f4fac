-- Drop policy "own" from table: "t"
DROP POLICY "own" ON "t";
-- Create policy "own" on table: "t"
CREATE POLICY "own" ON "t" FOR DELETE USING (owner = CURRENT_USER);
