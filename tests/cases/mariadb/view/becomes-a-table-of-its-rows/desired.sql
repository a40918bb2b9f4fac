create table t (id int primary key, a int, b varchar(20)); create table v (id int primary key, key (id)); create view k as select a, b from t;
