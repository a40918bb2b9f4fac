create table t (id int primary key, a int, v int as (a * 2) virtual, w int default 4, key kv (v, w));
