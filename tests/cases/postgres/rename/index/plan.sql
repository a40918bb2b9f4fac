-- Rename an index from "i" to "by_a"
ALTER INDEX "i" RENAME TO "by_a";
