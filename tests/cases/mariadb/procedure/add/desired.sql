create table t (id int primary key);
delimiter //
create procedure p (IN `a` int, OUT `b` int, INOUT `c` text)
  modifies sql data
  comment 'fills'
begin
  insert into t values (a);
  set b = a, c = concat(c, '"', '''');
end//
