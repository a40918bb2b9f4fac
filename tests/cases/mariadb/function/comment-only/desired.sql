create function f (`a` int, `b` varchar(10)) returns varchar(20) deterministic comment 'c' return concat(a, b);
