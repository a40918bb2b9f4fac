CREATE EXTENSION btree_gist;
CREATE TABLE public.t (id integer, at tsrange, CONSTRAINT t_once EXCLUDE USING gist (id WITH =, at WITH &&));
