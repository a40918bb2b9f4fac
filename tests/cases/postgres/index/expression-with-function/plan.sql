-- Modify "norm" function
CREATE OR REPLACE FUNCTION "norm" ("t" text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$SELECT lower(t)$$;
-- Create index "i" to table: "t"
CREATE UNIQUE INDEX "i" ON "t" ((norm(a))) WHERE (a <> ''::text);
