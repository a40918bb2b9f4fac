create table t (id int primary key, p point, q linestring);
