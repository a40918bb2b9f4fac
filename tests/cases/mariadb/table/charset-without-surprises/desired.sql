create table t (id int primary key, a varchar(20) not null default 'x' comment 'k', b text, c varchar(10) charset latin1, e enum('p','q'));
