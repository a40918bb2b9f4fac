-- Create "p" procedure
CREATE PROCEDURE `p` (IN `a` int, OUT `b` int, INOUT `c` text) COMMENT "fills" MODIFIES SQL DATA begin
  insert into t values (a);
  set b = a, c = concat(c, '"', '''');
end;
