-- Rename a function from "f" to "g"
ALTER FUNCTION "f" (integer) RENAME TO "g";
