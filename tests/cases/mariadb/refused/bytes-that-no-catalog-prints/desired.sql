create table t (id int primary key, b varbinary(4) default x'ff');
