create table t (id int primary key, a int check (a <> 5), g int as (a + 1) virtual, unique key u (a, id), constraint c check (a > 0 or id > 0));
