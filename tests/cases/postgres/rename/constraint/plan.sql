-- Rename a constraint from "uq" to "unique_a"
ALTER TABLE "t" RENAME CONSTRAINT "uq" TO "unique_a";
