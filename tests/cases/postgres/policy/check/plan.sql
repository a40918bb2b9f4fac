-- Modify policy "own" on table: "t"
ALTER POLICY "own" ON "t" WITH CHECK (id > 0);
