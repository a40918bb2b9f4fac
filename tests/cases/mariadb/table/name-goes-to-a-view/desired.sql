create table base (id int primary key); create view t as select id from base;
