SELECT 1 -- it's; fine
, 2 /* ; ' */;
SELECT 3;-- after
SELECT 4;