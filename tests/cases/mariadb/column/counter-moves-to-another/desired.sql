create table t (id int primary key, n int not null auto_increment, key kn (n));
