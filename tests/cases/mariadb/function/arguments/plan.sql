-- Modify "f" function
CREATE OR REPLACE FUNCTION `f` (`a` bigint, `b` varchar(10) CHARSET latin1 COLLATE latin1_swedish_ci) RETURNS varchar(20) DETERMINISTIC return concat(a, b);
