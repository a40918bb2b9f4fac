create table t (a int not null, b int) partition by range (a) (partition p0 values less than (10), partition p1 values less than (20));
