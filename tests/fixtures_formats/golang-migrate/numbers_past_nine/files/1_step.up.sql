CREATE TABLE log (n integer);
