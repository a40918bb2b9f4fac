-- atlas:txmode file

SELECT 1;
