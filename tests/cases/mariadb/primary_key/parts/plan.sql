-- Modify "t" table
ALTER TABLE `t` DROP PRIMARY KEY, ADD PRIMARY KEY (`a`, `id`);
