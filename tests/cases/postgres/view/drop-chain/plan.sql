-- Drop "c" materialized view
DROP MATERIALIZED VIEW "c";
-- Drop "b" view
DROP VIEW "b";
-- Drop "a" view
DROP VIEW "a";
