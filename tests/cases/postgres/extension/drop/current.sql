CREATE TABLE public.t (id integer);
CREATE EXTENSION citext;
