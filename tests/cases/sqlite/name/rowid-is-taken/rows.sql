INSERT INTO t (_rowid_, rowid, oid) VALUES (12, 'a', 'b'), (20, 'c', 'd');
