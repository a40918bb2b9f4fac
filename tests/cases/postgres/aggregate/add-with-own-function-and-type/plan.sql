-- Create composite type "pair"
CREATE TYPE "pair" AS ("a" integer, "b" integer);
-- Create "pushed" function
CREATE FUNCTION "pushed" ("s" "pair", "x" integer) RETURNS "pair" LANGUAGE sql AS $$SELECT ROW(x, s.a)::pair$$;
-- Create "last_two" aggregate
CREATE AGGREGATE "last_two" (integer) (SFUNC = public.pushed, STYPE = "pair");
-- Create "v" view
CREATE VIEW "v" ("x") AS SELECT last_two(t.id) AS x
   FROM t;
