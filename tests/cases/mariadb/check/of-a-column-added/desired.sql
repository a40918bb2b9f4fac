create table t (id int primary key, a int not null default 5 comment 'k' check (a > 0), b int, c int check (c < 10));
