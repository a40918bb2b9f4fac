CREATE TABLE notes (
  id integer NOT NULL PRIMARY KEY,
  body varchar(500) NOT NULL
);
