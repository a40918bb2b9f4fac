create table t (a int not null, d date not null, unique key u (a, d)) partition by hash (a) partitions 3;
