-- Drop "f" function
DROP FUNCTION `f`;
