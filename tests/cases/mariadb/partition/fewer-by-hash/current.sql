create table t (a int not null, b int, key k (b)) partition by hash (a) partitions 6;
