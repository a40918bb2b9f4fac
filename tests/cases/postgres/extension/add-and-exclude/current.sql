CREATE TABLE public.t (id integer, at tsrange);
