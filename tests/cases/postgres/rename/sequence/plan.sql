-- Rename a sequence from "s" to "numbers"
ALTER SEQUENCE "s" RENAME TO "numbers";
