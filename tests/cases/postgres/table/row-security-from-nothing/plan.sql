-- Create domain type "mail"
CREATE DOMAIN "mail" AS text CONSTRAINT "mail_check" CHECK (VALUE ~~ '%@%'::text);
-- Create "t" table
CREATE TABLE "t" (
  "id" integer NULL,
  "owner" "mail" NULL
);
-- Modify "t" table
ALTER TABLE "t" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Create policy "own" on table: "t"
CREATE POLICY "own" ON "t" FOR INSERT WITH CHECK ((owner)::text = CURRENT_USER);
-- Set comment to policy: "own" on table: "t"
COMMENT ON POLICY "own" ON "t" IS 'own';
