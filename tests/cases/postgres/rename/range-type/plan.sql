-- Rename a type from "span" to "hours"
ALTER TYPE "span" RENAME TO "hours";
-- Rename a type from "span_multirange" to "hours_multirange"
ALTER TYPE "span_multirange" RENAME TO "hours_multirange";
