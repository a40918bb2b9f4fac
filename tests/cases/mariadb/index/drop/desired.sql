create table t (id int primary key, a int, key kb (a, id));
