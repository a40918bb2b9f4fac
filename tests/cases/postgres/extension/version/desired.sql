CREATE EXTENSION hstore VERSION '1.7';
CREATE TABLE public.t (id integer, more hstore);
