CREATE TABLE z (id integer);
CREATE TABLE a (id integer PRIMARY KEY, b_id integer);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer, CONSTRAINT ba FOREIGN KEY (a_id) REFERENCES a (id));
ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b_id) REFERENCES b (id);
