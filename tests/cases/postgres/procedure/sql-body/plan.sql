-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE "p" () LANGUAGE sql BEGIN ATOMIC
 INSERT INTO public.t (id)
   VALUES (1);
END;
