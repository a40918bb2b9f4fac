create procedure p (INOUT `a` int) no sql set a = 1;
