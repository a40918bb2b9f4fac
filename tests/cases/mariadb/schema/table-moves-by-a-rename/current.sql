create database shop_a; use shop_a; create table t (id int primary key, a int); create database shop_b;
