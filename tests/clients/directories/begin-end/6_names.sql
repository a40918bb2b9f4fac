SELECT beginning, begin_at FROM the_begin ;
SELECT 'BEGIN x;';
SELECT end;