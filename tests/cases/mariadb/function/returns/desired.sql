create function f (`a` int, `b` varchar(10)) returns varchar(40) deterministic return concat(a, b);
