CREATE EXTENSION citext;
CREATE TABLE public.t (id integer, mail citext);
CREATE INDEX t_mail ON public.t (mail);
