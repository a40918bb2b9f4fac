create table t (id int primary key, a int(8) zerofill, y smallint not null default 2000, z tinyint);
