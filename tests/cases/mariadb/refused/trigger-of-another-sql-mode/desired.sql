create table t (id int primary key, a int, key ka (a)); set sql_mode = 'PIPES_AS_CONCAT'; create trigger tr before insert on t for each row set @x = 'a' || 'b';
