create table t (id int primary key, b bigint, key ka (b), check (b > 0));
