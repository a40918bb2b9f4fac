-- Refresh "m" materialized view
REFRESH MATERIALIZED VIEW "m";
