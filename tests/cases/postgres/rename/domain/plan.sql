-- Rename a domain from "d" to "positive"
ALTER DOMAIN "d" RENAME TO "positive";
