-- Create domain type "base"
CREATE DOMAIN "base" AS text CONSTRAINT "filled" CHECK (VALUE <> ''::text);
-- Create domain type "mail"
CREATE DOMAIN "mail" AS "base" CONSTRAINT "at" CHECK ((VALUE)::text ~~ '%@%'::text);
-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "m" "mail" NULL;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("m");
