-- Create "f" function
CREATE FUNCTION "f" () RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
-- Create "p" table
CREATE TABLE "p" (
  "id" integer NOT NULL,
  "at" date NOT NULL DEFAULT CURRENT_DATE,
  "note" text NULL
) PARTITION BY HASH ("id");
-- Create "clean" procedure
CREATE PROCEDURE "clean" () LANGUAGE sql AS $$DELETE FROM p$$;
-- Create trigger "tr" on table: "p"
CREATE TRIGGER "tr" AFTER INSERT ON "p" FOR EACH ROW EXECUTE FUNCTION "f" ();
-- Create "p0" table
CREATE TABLE "p0" PARTITION OF "p" FOR VALUES WITH (modulus 2, remainder 0);
-- Create "p1" table
CREATE TABLE "p1" PARTITION OF "p" FOR VALUES WITH (modulus 2, remainder 1) PARTITION BY RANGE ("at", (lower(note)) COLLATE "C");
-- Create "p1_new" table
CREATE TABLE "p1_new" PARTITION OF "p1" FOR VALUES FROM ('2020-01-01', 'a') TO (MAXVALUE, MAXVALUE) WITH (fillfactor = 70);
-- Modify "p1_new" table
ALTER TABLE "p1_new" ALTER COLUMN "note" SET DEFAULT 'x'::text;
-- Create "p1_old" table
CREATE TABLE "p1_old" PARTITION OF "p1" FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2020-01-01', 'a');
-- Set comment to table: "p1_old"
COMMENT ON TABLE "p1_old" IS 'old';
