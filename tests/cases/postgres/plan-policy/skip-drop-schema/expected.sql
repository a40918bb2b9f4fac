CREATE SCHEMA a;
CREATE TABLE a.t (id integer);
CREATE TABLE public.t (id integer);
