-- Rename a constraint from "uq" to "unique_a"
ALTER TABLE "t" RENAME CONSTRAINT "uq" TO "unique_a";
-- Rename an index from "i" to "by_a"
ALTER INDEX "i" RENAME TO "by_a";
-- Rename a constraint from "ck" to "positive"
ALTER TABLE "t" RENAME CONSTRAINT "ck" TO "positive";
