-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" text) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT a$$;
-- Create index "t_f" to table: "t"
CREATE INDEX "t_f" ON "t" ((f(id)));
