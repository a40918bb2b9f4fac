-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL, ADD CONSTRAINT "ex" EXCLUDE USING gist ((daterange(a, b)) WITH &&) WHERE (b IS NOT NULL) DEFERRABLE INITIALLY DEFERRED;
-- Set comment to constraint: "ex" on table: "t"
COMMENT ON CONSTRAINT "ex" ON "t" IS 'one at a time';
