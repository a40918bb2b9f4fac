create table t (id int primary key, a int, key ka (a));create table n (id int primary key); create procedure p() select 1;
