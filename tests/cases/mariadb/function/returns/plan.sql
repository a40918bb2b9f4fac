-- Modify "f" function
CREATE OR REPLACE FUNCTION `f` (`a` int, `b` varchar(10)) RETURNS varchar(40) DETERMINISTIC return concat(a, b);
