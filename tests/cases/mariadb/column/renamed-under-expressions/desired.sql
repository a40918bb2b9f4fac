create table t (id int primary key, b int check (b <> 5), g int as (b + 1) virtual, unique key u (b, id), constraint c check (b > 0 or id > 0));
