-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id") AS SELECT t.id
   FROM public.t WITH CASCADED CHECK OPTION;
