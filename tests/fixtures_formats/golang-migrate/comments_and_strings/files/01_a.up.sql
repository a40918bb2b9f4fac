-- a note; with a semicolon

/* another;
   one */
CREATE TABLE a (id integer, t text DEFAULT 'x;y'); -- behind; it
INSERT INTO a (id, t) VALUES (1, 'it''s; here'),
 (2, '-- no comment');
