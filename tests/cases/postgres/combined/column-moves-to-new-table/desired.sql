CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE addresses (user_id integer PRIMARY KEY CONSTRAINT of_user REFERENCES users (id), street text, city text);
CREATE VIEW addresses_view AS SELECT user_id AS id, street FROM addresses;
