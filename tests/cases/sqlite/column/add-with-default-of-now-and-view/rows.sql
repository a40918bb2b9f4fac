INSERT INTO t (rowid, a) VALUES (5, 1), (40, 2);
