CREATE SCHEMA ext;
CREATE EXTENSION hstore;
CREATE TABLE public.t (id integer, more hstore);
