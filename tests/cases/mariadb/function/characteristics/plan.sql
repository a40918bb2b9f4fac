-- Modify "f" function
CREATE OR REPLACE FUNCTION `f` (`a` int, `b` varchar(10)) RETURNS varchar(20) COMMENT "c" READS SQL DATA SQL SECURITY INVOKER return concat(a, b);
