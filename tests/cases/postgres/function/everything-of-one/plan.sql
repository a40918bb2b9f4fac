-- Modify "f" function
CREATE OR REPLACE FUNCTION "f" ("a" integer DEFAULT 1) RETURNS integer LANGUAGE plpgsql STABLE STRICT LEAKPROOF SECURITY DEFINER PARALLEL RESTRICTED COST 7 SET "search_path" TO '' AS $body$ BEGIN RETURN $$1$$::integer; END $body$;
-- Set comment to function: "f"
COMMENT ON FUNCTION "f" (integer) IS 'all';
