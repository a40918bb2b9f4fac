create table t (id int primary key, b int default 1) with system versioning;
