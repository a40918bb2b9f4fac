-- Modify "t" table
ALTER TABLE `t` DROP PRIMARY KEY, ADD PRIMARY KEY (`a`, `b`);
-- Modify "t" table
ALTER TABLE `t` PARTITION BY HASH (`a`) PARTITIONS 4;
