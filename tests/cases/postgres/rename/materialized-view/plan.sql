-- Rename a materialized view from "m" to "n"
ALTER MATERIALIZED VIEW "m" RENAME TO "n";
