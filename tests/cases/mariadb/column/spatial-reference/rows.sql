insert into t values (1, point(1, 2), point(1, 2));
