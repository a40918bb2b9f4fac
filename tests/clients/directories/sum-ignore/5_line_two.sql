--
-- atlas:sum ignore
SELECT 4;
