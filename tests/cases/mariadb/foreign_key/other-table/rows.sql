insert into p values (1,1); insert into q values (1); insert into c values (1, 1);
