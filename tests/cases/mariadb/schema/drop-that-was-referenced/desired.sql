create database shop_b; use shop_b; create table k (id int primary key, t int);
