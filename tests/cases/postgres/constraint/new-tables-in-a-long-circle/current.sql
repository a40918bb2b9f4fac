CREATE TABLE z (id integer, a text);
