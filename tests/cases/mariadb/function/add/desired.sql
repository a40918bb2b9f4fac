create function f (`a` int, `b` varchar(10)) returns varchar(20) deterministic return concat(a, b);
delimiter //
create function g (`x` decimal(10,2)) returns decimal(12,4) no sql sql security invoker comment 'it''s'
begin
  declare y decimal(12,4);
  set y = x * 2;
  return y;
end//
