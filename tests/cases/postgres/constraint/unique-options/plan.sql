-- Modify index "uq" of table: "t"
ALTER INDEX "uq" SET (deduplicate_items = off);
-- Modify index "uq" of table: "t"
ALTER INDEX "uq" RESET (fillfactor);
