-- Add new schema named "ext"
CREATE SCHEMA "ext";
-- Create extension "citext"
CREATE EXTENSION "citext" WITH SCHEMA "ext" VERSION "1.6";
