create table t (id int primary key, j longtext, k varchar(20) check (json_valid(k)));
