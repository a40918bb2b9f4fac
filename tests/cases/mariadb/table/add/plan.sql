-- Create "b" table
CREATE TABLE `b` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `we ird``name` varchar(10) NULL DEFAULT 'x',
  `a` int NULL COMMENT "it's",
  `b` int NULL,
  PRIMARY KEY (`id`),
  INDEX `fk` (`a`),
  FULLTEXT INDEX `ft` (`we ird``name`),
  UNIQUE INDEX `u` (`we ird``name`),
  CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `a` (`id`) ON UPDATE RESTRICT ON DELETE SET NULL,
  CONSTRAINT `ck` CHECK (`b` > 0)
) COMMENT "tbl";
