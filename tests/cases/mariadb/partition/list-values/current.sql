create table t (a int not null, s varchar(5)) partition by list columns (s) (partition x values in ('a','b'), partition y values in ('c'));
