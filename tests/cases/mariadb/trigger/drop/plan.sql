-- Drop "tr" trigger
DROP TRIGGER `tr`;
