CREATE EXTENSION citext;
CREATE TABLE public.t (id integer, mail citext UNIQUE);
