-- Modify "m" materialized view
ALTER MATERIALIZED VIEW "m" SET (fillfactor = 70);
