create table t (id int primary key, a int not null, b varchar(5) not null default 'x');
