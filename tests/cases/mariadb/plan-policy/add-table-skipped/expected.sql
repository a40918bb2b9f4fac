create table t (id int primary key, a int, key ka (a));create procedure p() select 1;
