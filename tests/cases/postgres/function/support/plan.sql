-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" text, "b" text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT SUPPORT textlike_support AS $$textlike$$;
