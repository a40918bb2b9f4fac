INSERT INTO p VALUES (1, '2020-05-05', 'x'), (2, '2021-05-05', 'y');
