-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` int NULL CHECK (`a` > 0), ALGORITHM=COPY;
