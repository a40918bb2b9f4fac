CREATE EXTENSION pg_trgm;
CREATE TABLE public.t (id integer, name text);
CREATE INDEX t_name ON public.t USING gin (name gin_trgm_ops);
