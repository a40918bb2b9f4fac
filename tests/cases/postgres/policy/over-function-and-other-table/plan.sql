-- Create "is_admin" function
CREATE FUNCTION "is_admin" () RETURNS boolean LANGUAGE sql STABLE AS $$SELECT false$$;
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "team" integer NULL;
-- Modify policy "own" on table: "t"
ALTER POLICY "own" ON "t" USING (is_admin() OR (team IN ( SELECT m.team
   FROM members m
  WHERE (m.name = CURRENT_USER))));
