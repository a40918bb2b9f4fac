-- Drop extension "citext"
DROP EXTENSION "citext";
-- Drop schema named "ext"
DROP SCHEMA "ext";
