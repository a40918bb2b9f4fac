create function f (`a` bigint, `b` varchar(10) CHARSET latin1 COLLATE latin1_swedish_ci) returns varchar(20) deterministic return concat(a, b);
