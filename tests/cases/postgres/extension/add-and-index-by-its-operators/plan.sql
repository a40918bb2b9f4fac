-- Create extension "pg_trgm"
CREATE EXTENSION "pg_trgm" WITH SCHEMA "public" VERSION "1.6";
-- Create index "t_name" to table: "t"
CREATE INDEX "t_name" ON "public"."t" USING gin ("name" public.gin_trgm_ops);
