create database shop_a; create database shop_b; use shop_b; create table t (id int primary key, a int);
