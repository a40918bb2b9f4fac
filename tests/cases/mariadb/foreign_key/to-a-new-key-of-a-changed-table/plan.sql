-- Create "d" table
CREATE TABLE `d` (
  `id` int NOT NULL,
  `n` int NULL,
  PRIMARY KEY (`id`),
  INDEX `dk` (`n`)
);
-- Modify "p" table
ALTER TABLE `p` ADD UNIQUE INDEX `un` (`n`);
-- Modify "c" table
ALTER TABLE `c` ADD INDEX `fk` (`n`), ADD CONSTRAINT `fk` FOREIGN KEY (`n`) REFERENCES `p` (`n`) ON UPDATE RESTRICT ON DELETE RESTRICT;
-- Modify "d" table
ALTER TABLE `d` ADD CONSTRAINT `dk` FOREIGN KEY (`n`) REFERENCES `p` (`n`) ON UPDATE RESTRICT ON DELETE RESTRICT;
