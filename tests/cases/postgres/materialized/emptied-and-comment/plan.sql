-- Refresh "m" materialized view
REFRESH MATERIALIZED VIEW "m" WITH NO DATA;
-- Set comment to materialized view: "m"
COMMENT ON MATERIALIZED VIEW "m" IS 'empty';
