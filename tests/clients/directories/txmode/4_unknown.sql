-- atlas:txmode some

SELECT 1;
