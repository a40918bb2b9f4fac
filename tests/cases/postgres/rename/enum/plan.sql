-- Rename a type from "status" to "state"
ALTER TYPE "status" RENAME TO "state";
