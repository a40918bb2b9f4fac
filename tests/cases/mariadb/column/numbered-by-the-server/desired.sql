create table t (id int primary key auto_increment, a int);
