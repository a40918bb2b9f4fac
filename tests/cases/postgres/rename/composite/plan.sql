-- Rename a type from "pos" to "place"
ALTER TYPE "pos" RENAME TO "place";
