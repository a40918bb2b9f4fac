INSERT INTO nodes VALUES (3, NULL, 'root'), (9, 3, 'leaf');
