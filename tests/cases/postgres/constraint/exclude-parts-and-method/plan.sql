-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ex", ADD CONSTRAINT "ex" EXCLUDE USING btree ("n" WITH =);
-- Set comment to constraint: "ex" on table: "t"
COMMENT ON CONSTRAINT "ex" ON "t" IS 'no two';
