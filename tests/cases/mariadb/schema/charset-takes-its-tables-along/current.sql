create database shop_a charset latin1; use shop_a; create table t (id int primary key, n varchar(5) not null default 'q' comment 'c', fixed varchar(5) charset ascii, j json);
