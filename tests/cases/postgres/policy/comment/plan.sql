-- Set comment to policy: "own" on table: "t"
COMMENT ON POLICY "own" ON "t" IS 'one''s own';
