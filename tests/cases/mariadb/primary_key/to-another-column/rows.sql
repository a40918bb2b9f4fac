insert into t (n) values (10), (20);
