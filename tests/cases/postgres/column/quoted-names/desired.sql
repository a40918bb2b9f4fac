CREATE TABLE "We""ird t" (id integer, "c a" integer, "n""w" text DEFAULT 'a\b' , CONSTRAINT "a ""b""" CHECK ("c a" > 0));
COMMENT ON COLUMN "We""ird t"."n""w" IS E'a\\b''c\nd';
