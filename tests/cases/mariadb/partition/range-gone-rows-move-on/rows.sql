insert into t values (1,1),(15,2),(50,3);
