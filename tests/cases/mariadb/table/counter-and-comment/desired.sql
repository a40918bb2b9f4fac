create table t (id int auto_increment primary key, a int) auto_increment=50 comment 'numbered';
