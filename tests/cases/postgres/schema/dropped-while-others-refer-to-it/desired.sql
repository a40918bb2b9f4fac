CREATE TABLE public.u (id integer, kind text);
CREATE VIEW public.v AS SELECT u.id FROM public.u;
