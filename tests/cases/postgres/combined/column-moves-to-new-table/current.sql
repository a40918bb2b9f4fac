CREATE TABLE users (id integer PRIMARY KEY, street text, city text);
CREATE VIEW addresses_view AS SELECT id, street FROM users;
