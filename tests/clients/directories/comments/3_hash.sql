# note; it's
SELECT 1;
SELECT 2 # more ;
;
