-- Create extension "citext"
CREATE EXTENSION "citext" WITH SCHEMA "public" VERSION "1.6";
