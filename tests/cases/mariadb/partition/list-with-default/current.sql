create table t (a int not null default 1) partition by list (a) (partition x values in (1,2), partition d default);
