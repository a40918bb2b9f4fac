insert into t values (1, point(1,1), point(2,2)), (2, point(3,3), point(4,4));
