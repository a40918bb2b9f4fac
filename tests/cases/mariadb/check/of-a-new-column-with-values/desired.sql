create table t (id int primary key, a int not null default 3 check (a > 0), b int as (id + 1) virtual);
