-- migrate:up
INSERT INTO log SELECT 3 + count(*) * 100 FROM log;

-- migrate:down
