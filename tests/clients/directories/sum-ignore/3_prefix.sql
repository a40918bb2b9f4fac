any text atlas:sum ignore
SELECT 2;
