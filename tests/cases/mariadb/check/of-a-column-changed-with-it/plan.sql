-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` bigint NULL CHECK (`a` > -1), MODIFY COLUMN `b` int NULL, ALGORITHM=COPY;
