-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "n" TYPE numeric(8,2), ALTER COLUMN "s" TYPE character varying(10);
-- Modify "u" table
ALTER TABLE "u" ADD COLUMN "a" text NULL;
-- Set comment to table: "u"
COMMENT ON TABLE "u" IS 'other';
