create table t (id int primary key, a int, b varchar(20)); create event e on schedule every 2 hour do delete from t; create table k (id int primary key);
