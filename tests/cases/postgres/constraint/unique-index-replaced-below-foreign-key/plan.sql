-- Modify "c" table
ALTER TABLE "c" DROP CONSTRAINT "c_p";
-- Drop index "p_code" from table: "p"
DROP INDEX "p_code";
-- Create index "p_code" to table: "p"
CREATE UNIQUE INDEX "p_code" ON "p" ("code") INCLUDE ("id");
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("p_code") REFERENCES "p" ("code") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- Set comment to constraint: "c_p" on table: "c"
COMMENT ON CONSTRAINT "c_p" ON "c" IS 'by code';
