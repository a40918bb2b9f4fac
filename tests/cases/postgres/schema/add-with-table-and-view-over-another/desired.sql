CREATE TABLE public.t (id integer PRIMARY KEY);
CREATE SCHEMA "Order Data";
CREATE TABLE "Order Data"."Lines" (id integer REFERENCES public.t, n integer CHECK (n > 0));
CREATE VIEW public.v AS SELECT t.id, l.n FROM public.t JOIN "Order Data"."Lines" l USING (id);
