create database shop_a charset latin1 collate latin1_bin comment 'c'; use shop_a; create table t (id int primary key, n varchar(5)) collate latin1_bin;
