-- Drop extension "citext"
DROP EXTENSION "citext";
