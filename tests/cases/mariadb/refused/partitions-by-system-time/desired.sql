create table t (a int) with system versioning partition by system_time (partition p0 history, partition p1 current);
