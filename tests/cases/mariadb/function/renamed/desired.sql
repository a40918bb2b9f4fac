create function g (`a` int, `b` varchar(10)) returns varchar(20) deterministic return concat(a, b);
