-- Create "f" function
CREATE FUNCTION `f` (`a` int, `b` varchar(10)) RETURNS varchar(20) DETERMINISTIC return concat(a, b);
-- Create "g" function
CREATE FUNCTION `g` (`x` decimal(10,2)) RETURNS decimal(12,4) COMMENT "it's" NO SQL SQL SECURITY INVOKER begin
  declare y decimal(12,4);
  set y = x * 2;
  return y;
end;
