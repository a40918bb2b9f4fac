CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION pgcrypto;
CREATE FUNCTION public.hashed(word text) RETURNS text LANGUAGE sql AS $$ SELECT encode(public.digest(word, 'sha256'), 'hex') $$;
CREATE TABLE public.t (id uuid DEFAULT uuid_generate_v4());
