-- one
-- two
CREATE TABLE a (id int);

-- detached

-- three
/* four */
CREATE TABLE b (id int);
-- trailing of b
