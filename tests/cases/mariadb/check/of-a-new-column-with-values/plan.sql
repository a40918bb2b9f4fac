-- Modify "t" table
ALTER TABLE `t` ADD COLUMN `a` int NOT NULL DEFAULT 3 CHECK (`a` > 0), ADD COLUMN `b` int AS (`id` + 1) VIRTUAL, ALGORITHM=COPY;
