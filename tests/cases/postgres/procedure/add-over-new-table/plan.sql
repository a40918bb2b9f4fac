-- Create "u" table
CREATE TABLE "u" (
  "id" integer NULL
);
-- Create "p" procedure
CREATE PROCEDURE "p" ("x" "u") LANGUAGE sql BEGIN ATOMIC
 INSERT INTO public.u (id)  SELECT t.id
            FROM public.t;
END;
