create table t (id int primary key, a int(5) zerofill, y year, z tinyint(1));
