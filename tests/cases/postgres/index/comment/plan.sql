-- Set comment to index: "i" on table: "t"
COMMENT ON INDEX "i" IS 'by a';
