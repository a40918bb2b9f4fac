-- atlas:sum keep
SELECT 3;
