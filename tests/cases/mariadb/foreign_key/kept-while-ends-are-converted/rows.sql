insert into p values ('a'),('b'); insert into c values (1, 'a');
