CREATE TABLE public.t (id integer);
CREATE SCHEMA a;
COMMENT ON SCHEMA a IS 'all of a';
