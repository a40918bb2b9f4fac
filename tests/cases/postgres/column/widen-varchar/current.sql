CREATE TABLE users (id integer NOT NULL, email character varying(20));
