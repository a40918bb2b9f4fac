CREATE TABLE users (id serial PRIMARY KEY, name character varying(50));
CREATE TABLE posts (id serial PRIMARY KEY, user_id integer CONSTRAINT posts_user REFERENCES users (id), body text);
