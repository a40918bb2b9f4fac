create table u (id int primary key, c int, b varchar(9), key k (c));
