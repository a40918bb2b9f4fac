insert into t values (1, 3, 2), (2, 9, 4);
