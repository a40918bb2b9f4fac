CREATE EXTENSION pg_trgm VERSION '1.6';
COMMENT ON EXTENSION pg_trgm IS 'similar words';
