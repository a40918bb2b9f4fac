create table t (a int not null, b int, key k (b, a)) partition by hash (a) partitions 2;
