-- Modify index "i" of table: "t"
ALTER INDEX "i" SET (buffering = on);
-- Set comment to index: "i" on table: "t"
COMMENT ON INDEX "i" IS NULL;
