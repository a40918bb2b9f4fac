create table p (id int primary key, n int); create table c (id int primary key, n int);
