create function f (`a` int, `b` varchar(10)) returns varchar(20) reads sql data sql security invoker comment 'c' return concat(a, b);
