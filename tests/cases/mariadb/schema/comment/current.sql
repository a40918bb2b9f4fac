create database shop_a comment 'x'; use shop_a; create table t (id int primary key);
