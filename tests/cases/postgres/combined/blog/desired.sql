CREATE TYPE visibility AS ENUM ('draft', 'public');
CREATE TABLE users (id serial PRIMARY KEY, name character varying(100) NOT NULL, email text, CONSTRAINT users_email UNIQUE (email));
CREATE TABLE posts (id serial PRIMARY KEY, user_id integer NOT NULL CONSTRAINT posts_user REFERENCES users (id) ON DELETE CASCADE, body text, state visibility NOT NULL DEFAULT 'draft');
CREATE TABLE tags (post_id integer CONSTRAINT tags_post REFERENCES posts (id), tag text, PRIMARY KEY (post_id, tag));
CREATE INDEX posts_user_idx ON posts (user_id) WHERE state = 'public';
CREATE VIEW public_posts AS SELECT p.id, u.name, p.body FROM posts p JOIN users u ON u.id = p.user_id WHERE p.state = 'public';
