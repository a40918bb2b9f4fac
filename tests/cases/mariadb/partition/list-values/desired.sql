create table t (a int, s varchar(5)) partition by list columns (s) (partition x values in ('a'), partition y values in ('b','c'), partition z values in ('d'));
