create table t (id int primary key, a int comment 'c') with system versioning;
