-- atlas:nolint
-- atlas:nolint destructive MF101
-- plain
-- atlas:txmode none

DROP TABLE a;
