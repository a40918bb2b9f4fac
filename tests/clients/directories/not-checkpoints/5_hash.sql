# atlas:checkpoint h
 	
SELECT 1;