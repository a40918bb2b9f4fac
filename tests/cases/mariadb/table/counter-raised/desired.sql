create table t (id int auto_increment primary key) auto_increment=1000;
