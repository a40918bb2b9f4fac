-- Modify "We""ird t" table
ALTER TABLE "We""ird t" ALTER COLUMN "c a" TYPE integer USING "c a"::integer, ADD COLUMN "n""w" text NULL DEFAULT 'a\b'::text, ADD CONSTRAINT "a ""b""" CHECK ("c a" > 0);
-- Set comment to column: "n""w" on table: "We""ird t"
COMMENT ON COLUMN "We""ird t"."n""w" IS E'a\\b''c
d';
