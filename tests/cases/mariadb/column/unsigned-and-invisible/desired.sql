create table t (id int primary key, a bigint unsigned invisible, b int comment 'y');
