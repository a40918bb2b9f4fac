create table t (a int not null) partition by list (a) (partition x values in (1,2), partition y values in (3), partition d default);
