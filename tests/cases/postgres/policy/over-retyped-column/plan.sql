-- Drop policy "own" from table: "t"
DROP POLICY "own" ON "t";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "owner" TYPE text;
-- Create policy "own" on table: "t"
CREATE POLICY "own" ON "t" FOR UPDATE TO "atlas" USING (owner = 'a'::text) WITH CHECK (owner = 'b'::text);
-- Set comment to policy: "own" on table: "t"
COMMENT ON POLICY "own" ON "t" IS 'own';
