-- Rename a schema from "app" to "core"
ALTER SCHEMA "app" RENAME TO "core";
