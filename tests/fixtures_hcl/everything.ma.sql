CREATE TABLE parent (id int PRIMARY KEY, b bigint unsigned);
CREATE TABLE orders (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  kind enum('a','b''c','d\\e','${x}') NOT NULL DEFAULT 'b''c',
  tags set('x','yz') DEFAULT 'x',
  name varchar(100) CHARACTER SET latin1 NOT NULL DEFAULT 'it''s \\ "q"' COMMENT 'a "name"',
  price decimal(10,0) unsigned NOT NULL DEFAULT 1.50,
  p2 decimal(10,2) DEFAULT -1.50,
  paid bool NOT NULL DEFAULT 0, t4 tinyint DEFAULT 5, u tinyint unsigned,
  bits bit(3) DEFAULT b'101', uid uuid, filled int(5) unsigned zerofill, w int(5), y year DEFAULT 2020,
  at timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  dt datetime DEFAULT '2020-01-01 00:00:00', tm time(2), j json, g geometry, f float, d double(5,2), bl blob, tx text DEFAULT 'x', vb varbinary(16), b16 binary(2), i6 inet6, ch char(3),
  ex int DEFAULT (1 + 1), hidden int INVISIBLE, pid int,
  twice int GENERATED ALWAYS AS (`price` * 2) VIRTUAL, twice2 bigint GENERATED ALWAYS AS (`price` * 3) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY uq (kind, name(10) ),
  KEY de (price DESC, name(5)),
  FULLTEXT KEY ft (name) COMMENT 'words',
  CONSTRAINT ck CHECK (price > 0 and name <> ''),
  CONSTRAINT fk FOREIGN KEY (pid) REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT selfy FOREIGN KEY (hidden) REFERENCES parent (id)
) COMMENT='all "orders"' ROW_FORMAT=COMPRESSED AUTO_INCREMENT=50;
CREATE TABLE mem (id int) ENGINE=MyISAM CHARSET latin1 COLLATE latin1_bin;
CREATE TABLE parts (id int NOT NULL, n varchar(10)) PARTITION BY RANGE (id + 1) (PARTITION p0 VALUES LESS THAN (10) COMMENT 'first', PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE partc (a int, b varchar(10)) PARTITION BY RANGE COLUMNS (a, b) (PARTITION p0 VALUES LESS THAN (10, 'a,b'), PARTITION p1 VALUES LESS THAN (MAXVALUE, MAXVALUE));
CREATE TABLE partk (id int NOT NULL PRIMARY KEY) PARTITION BY LINEAR KEY (id) PARTITIONS 4;
CREATE TABLE partl (id int NOT NULL) PARTITION BY LIST (id) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION p0 VALUES IN (1,2), PARTITION p1 VALUES IN (NULL, 3));
CREATE VIEW cheap AS SELECT id, price, name FROM orders WHERE price < 10 WITH LOCAL CHECK OPTION;
CREATE VIEW a_first AS SELECT * FROM cheap;
CREATE FUNCTION f(a int unsigned, s varchar(10) CHARSET latin1) RETURNS int unsigned DETERMINISTIC NO SQL COMMENT 'one more' RETURN a + 1;
CREATE PROCEDURE p(IN a int, OUT x int, INOUT y text) SQL SECURITY INVOKER MODIFIES SQL DATA
BEGIN
  SET x = 1;

  SET y = 'a';
END;
CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW SET NEW.name = 'x';
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'cleans' DO DELETE FROM orders;
