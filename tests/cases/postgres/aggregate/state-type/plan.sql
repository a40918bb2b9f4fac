-- Drop "counted" aggregate
DROP AGGREGATE "counted" (text);
-- Create "counted" aggregate
CREATE AGGREGATE "counted" (text) (SFUNC = public.add, STYPE = bigint);
