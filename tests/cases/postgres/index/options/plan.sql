-- Modify index "i" of table: "t"
ALTER INDEX "i" SET (deduplicate_items = off);
-- Modify index "i" of table: "t"
ALTER INDEX "i" RESET (fillfactor);
