-- Drop index "t_name" from table: "t"
DROP INDEX "public"."t_name";
-- Drop extension "pg_trgm"
DROP EXTENSION "pg_trgm";
