create database shop_c; use shop_c; create table k (id int primary key comment 'b');
