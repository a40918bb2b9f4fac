create table t (id int primary key, a int, v int as (a * 2) stored, w int default 5, key kv (v, w));
