-- Modify policy "own" on table: "t"
ALTER POLICY "own" ON "t" USING ((owner = CURRENT_USER) OR (id = 0));
