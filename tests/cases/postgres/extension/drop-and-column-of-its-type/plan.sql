-- Modify "t" table
ALTER TABLE "public"."t" DROP COLUMN "more";
-- Drop extension "hstore"
DROP EXTENSION "hstore";
