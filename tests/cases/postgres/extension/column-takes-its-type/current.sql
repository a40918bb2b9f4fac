CREATE TABLE public.t (id integer, mail varchar(80) UNIQUE);
