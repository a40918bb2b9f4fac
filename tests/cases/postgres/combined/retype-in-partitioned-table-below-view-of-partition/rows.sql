INSERT INTO p (id, n) VALUES (1, 1), (2, 2);
