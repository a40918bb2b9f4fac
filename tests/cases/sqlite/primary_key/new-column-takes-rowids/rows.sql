INSERT INTO t (rowid, a) VALUES (4, 'x'), (90, 'y');
