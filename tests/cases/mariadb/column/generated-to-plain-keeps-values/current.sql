create table t (id int primary key, a int, v int as (a * 2) virtual, w int default 0, s int as (a * 3) stored);
