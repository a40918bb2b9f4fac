CREATE TABLE public.t (id uuid);
