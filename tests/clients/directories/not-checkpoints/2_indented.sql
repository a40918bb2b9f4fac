 -- atlas:checkpoint

SELECT 1;
