insert into t values (1,1); insert into gone values (1,1);
