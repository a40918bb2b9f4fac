create table t (a int not null, b int) partition by range (a) (partition p1 values less than (20), partition pm values less than maxvalue);
