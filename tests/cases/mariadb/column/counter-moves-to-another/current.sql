create table t (id int auto_increment primary key, n int not null, key kn (n));
