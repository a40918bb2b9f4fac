CREATE EXTENSION hstore VERSION '1.4';
CREATE TABLE public.t (id integer, more hstore);
