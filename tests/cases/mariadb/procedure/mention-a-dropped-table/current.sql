create table t (id int primary key); create table gone (id int primary key); create procedure p() select 1;
