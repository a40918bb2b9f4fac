create table t (id int primary key, a varchar(20) charset utf8mb4 collate utf8mb4_bin);
