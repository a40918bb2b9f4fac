create table c (id int primary key, p int);
