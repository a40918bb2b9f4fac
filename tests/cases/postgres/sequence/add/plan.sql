-- Create "s" sequence
CREATE SEQUENCE "s" AS smallint START WITH -10 INCREMENT BY -2 MINVALUE -1000 CACHE 3 CYCLE;
-- Set comment to sequence: "s"
COMMENT ON SEQUENCE "s" IS 'downwards';
