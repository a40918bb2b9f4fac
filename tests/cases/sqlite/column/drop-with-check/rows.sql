INSERT INTO t (rowid, a, b, c) VALUES (3, 1, 1, 'x'), (8, 2, 2, 'y');
