-- Set comment to table: "p"
COMMENT ON TABLE "p" IS 'by name';
-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_p", ALTER COLUMN "id" SET NOT NULL;
-- Modify "p" table
ALTER TABLE "p" ALTER COLUMN "id" TYPE text;
-- Modify "c" table
ALTER TABLE "c" ALTER COLUMN "p_id" TYPE text, ADD CONSTRAINT "c_p" FOREIGN KEY ("p_id") REFERENCES "p" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
