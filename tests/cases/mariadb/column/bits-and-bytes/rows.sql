insert into t values (1, b'1', 'x');
