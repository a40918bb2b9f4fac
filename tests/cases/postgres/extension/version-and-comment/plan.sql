-- Modify extension "pg_trgm"
ALTER EXTENSION "pg_trgm" UPDATE TO '1.6';
-- Set comment to extension: "pg_trgm"
COMMENT ON EXTENSION "pg_trgm" IS 'similar words';
