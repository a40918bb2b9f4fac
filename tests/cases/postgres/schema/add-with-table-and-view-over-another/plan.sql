-- Add new schema named "Order Data"
CREATE SCHEMA "Order Data";
-- Create "Lines" table
CREATE TABLE "Order Data"."Lines" (
  "id" integer NULL,
  "n" integer NULL,
  CONSTRAINT "Lines_id_fkey" FOREIGN KEY ("id") REFERENCES "public"."t" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION,
  CONSTRAINT "Lines_n_check" CHECK (n > 0)
);
-- Create "v" view
CREATE VIEW "public"."v" ("id", "n") AS SELECT t.id,
    l.n
   FROM (public.t
     JOIN "Order Data"."Lines" l USING (id));
