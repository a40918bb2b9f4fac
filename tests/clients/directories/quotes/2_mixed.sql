SELECT '"', "'", '`;`';
SELECT 1;