CREATE SCHEMA a;
CREATE TYPE a.kind AS ENUM ('x', 'y');
CREATE TABLE a.t (id integer PRIMARY KEY);
CREATE TABLE public.u (id integer REFERENCES a.t, kind a.kind);
CREATE VIEW public.v AS SELECT u.id FROM public.u JOIN a.t USING (id);
