-- Modify "t" table
ALTER TABLE "t" ENABLE ROW LEVEL SECURITY;
-- Create policy "own" on table: "t"
CREATE POLICY "own" ON "t" FOR SELECT USING (owner = CURRENT_USER);
-- Set comment to policy: "own" on table: "t"
COMMENT ON POLICY "own" ON "t" IS 'one''s own';
