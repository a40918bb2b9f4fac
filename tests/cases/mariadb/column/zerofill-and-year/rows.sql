insert into t values (1, 5, 2020, 1);
