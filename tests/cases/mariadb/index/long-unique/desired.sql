create table t (id int primary key, a text, unique key u (a), b int);
