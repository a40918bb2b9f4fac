-- Create "s" sequence
CREATE SEQUENCE "s" START WITH 10;
-- Create "t" table
CREATE TABLE "t" (
  "id" integer NOT NULL DEFAULT nextval('s'::regclass)
);
-- Modify "s" sequence
ALTER SEQUENCE "s" OWNED BY "t"."id";
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id") AS SELECT t.id
   FROM t WITH NO DATA;
