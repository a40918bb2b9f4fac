CREATE TABLE public.t (id integer, mail text);
CREATE INDEX t_mail ON public.t (mail);
