create table t (id int primary key, a varchar(20) collate utf8mb4_bin not null default 'x');
