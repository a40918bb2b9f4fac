-- atlas:nolint

CREATE TABLE a (id int);

-- note
CREATE TABLE b (x text DEFAULT 'l1
l2');
