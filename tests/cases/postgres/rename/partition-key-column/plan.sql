-- Rename a column from "at" to "day"
ALTER TABLE "p" RENAME COLUMN "at" TO "day";
