-- Drop index "t_mail" from table: "t"
DROP INDEX "public"."t_mail";
-- Modify "t" table
ALTER TABLE "public"."t" ALTER COLUMN "mail" TYPE text;
-- Create index "t_mail" to table: "t"
CREATE INDEX "t_mail" ON "public"."t" ("mail");
-- Drop extension "citext"
DROP EXTENSION "citext";
