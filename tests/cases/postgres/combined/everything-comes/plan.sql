-- Create enum type "e"
CREATE TYPE "e" AS ENUM ('a');
-- Create domain type "d"
CREATE DOMAIN "d" AS integer;
-- Create composite type "c"
CREATE TYPE "c" AS ("x" "d");
-- Create "s" sequence
CREATE SEQUENCE "s";
-- Create "f" function
CREATE FUNCTION "f" (integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT 1$$;
-- Create "tf" function
CREATE FUNCTION "tf" () RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
-- Create "pr" procedure
CREATE PROCEDURE "pr" ("x" "e") LANGUAGE sql AS $$SELECT 1$$;
-- Create "t" table
CREATE TABLE "t" (
  "id" integer NOT NULL DEFAULT nextval('s'::regclass),
  "e" "e" NULL,
  "d" "d" NULL,
  "c" "c" NULL,
  "g" integer NULL GENERATED ALWAYS AS (f(id)) STORED,
  PRIMARY KEY ("id")
);
-- Modify "t" table
ALTER TABLE "t" ENABLE ROW LEVEL SECURITY;
-- Create "reads" function
CREATE FUNCTION "reads" () RETURNS SETOF "t" LANGUAGE sql AS $$SELECT * FROM t$$;
-- Create trigger "tr" on table: "t"
CREATE TRIGGER "tr" BEFORE INSERT ON "t" FOR EACH ROW EXECUTE FUNCTION "tf" ();
-- Create policy "p" on table: "t"
CREATE POLICY "p" ON "t" USING (id > 0);
-- Create "u" table
CREATE TABLE "u" (
  "t_id" integer NULL,
  CONSTRAINT "u_t" FOREIGN KEY ("t_id") REFERENCES "t" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Create "v" view
CREATE VIEW "v" ("id", "e") AS SELECT t.id,
    t.e
   FROM t;
-- Create "m" materialized view
CREATE MATERIALIZED VIEW "m" ("id") AS SELECT v.id
   FROM v;
-- Create index "mi" to table: "m"
CREATE UNIQUE INDEX "mi" ON "m" ("id");
