-- Modify "f" function
CREATE OR REPLACE FUNCTION `f` (`a` int, `b` varchar(10)) RETURNS varchar(20) DETERMINISTIC return concat(b, a);
