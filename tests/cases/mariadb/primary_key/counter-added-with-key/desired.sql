create table t (a int, id int not null auto_increment primary key);
