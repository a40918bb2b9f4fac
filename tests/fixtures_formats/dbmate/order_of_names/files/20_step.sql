-- migrate:up
INSERT INTO log SELECT 20 + count(*) * 100 FROM log;

-- migrate:down
