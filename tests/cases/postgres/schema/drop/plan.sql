-- Drop schema named "a"
DROP SCHEMA "a";
