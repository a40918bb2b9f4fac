-- a note; with a semicolon
CREATE TABLE a (id integer, t text DEFAULT '${not_a_placeholder}');
/* a block; comment */
INSERT INTO a (id) VALUES (1);
