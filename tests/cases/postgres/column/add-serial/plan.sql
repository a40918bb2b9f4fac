-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "id" serial NOT NULL;
-- Set comment to table: "t"
COMMENT ON TABLE "t" IS 'numbered';
