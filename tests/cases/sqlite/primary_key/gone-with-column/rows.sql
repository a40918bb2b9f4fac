INSERT INTO t VALUES (3, 'x'), (8, 'y');
