-- Drop "f" function
DROP FUNCTION `f`;
-- Create "g" function
CREATE FUNCTION `g` (`a` int, `b` varchar(10)) RETURNS varchar(20) DETERMINISTIC return concat(a, b);
