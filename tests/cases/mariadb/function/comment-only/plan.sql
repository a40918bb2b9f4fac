-- Modify "f" function
CREATE OR REPLACE FUNCTION `f` (`a` int, `b` varchar(10)) RETURNS varchar(20) COMMENT "c" DETERMINISTIC return concat(a, b);
