create table t (id int not null, n int not null primary key);
