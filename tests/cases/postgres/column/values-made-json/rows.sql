INSERT INTO t VALUES (1, true, 1.50, '{a,b}'), (2, NULL, NULL, NULL);
