create table a (id int primary key); create table b (id int primary key, a int, foreign key (a) references a (id)); create table c (id int primary key);
