-- Create policy "own" on table: "t"
CREATE POLICY "own" ON "t" USING (owner = CURRENT_USER);
