create table t (id int primary key, a int not null default 5 comment 'k', b int);
