INSERT INTO t (rowid, a, b) VALUES (2, 'x', 1), (77, NULL, 2);
