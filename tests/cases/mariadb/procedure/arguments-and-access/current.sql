create procedure p(a int) select a;
