-- Create "posts" table
CREATE TABLE posts (
  id int,
  body text DEFAULT 'a;b'
);
