-- atlas:txmode each

CREATE TABLE a (id integer);
