SELECT ($$ ) $$);
SELECT f($x$ ( $x$);