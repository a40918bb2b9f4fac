-- Drop "e" event
DROP EVENT `e`;
