-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "uq", ADD CONSTRAINT "uq" UNIQUE ("a") DEFERRABLE;
-- Set comment to constraint: "uq" on table: "t"
COMMENT ON CONSTRAINT "uq" ON "t" IS 'later';
