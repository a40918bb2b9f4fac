-- Rename a constraint from "ex" to "no_overlap"
ALTER TABLE "t" RENAME CONSTRAINT "ex" TO "no_overlap";
