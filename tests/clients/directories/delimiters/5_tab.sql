-- atlas:delimiter \t
SELECT 1	SELECT 2