create table t (id int primary key, a varchar(20), b varchar(20) collate utf8mb4_bin);
