create table t (id int primary key); create procedure p() select count(*) from gone;
