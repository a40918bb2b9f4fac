INSERT INTO t (a) VALUES ('a'), ('b'), ('c'), ('d');
DELETE FROM t WHERE id > 2;
INSERT INTO gone VALUES (1);
