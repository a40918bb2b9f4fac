set sql_mode = oracle;
delimiter //
create package pk as function f return int; end//
