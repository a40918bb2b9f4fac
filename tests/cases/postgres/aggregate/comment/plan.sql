-- Set comment to aggregate: "total"
COMMENT ON AGGREGATE "total" (integer) IS 'sum';
