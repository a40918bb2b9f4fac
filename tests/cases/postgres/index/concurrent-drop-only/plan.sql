-- Drop index "gone" from table: "t"
DROP INDEX CONCURRENTLY "gone";
-- Set comment to index: "i" on table: "t"
COMMENT ON INDEX "i" IS 'stays';
