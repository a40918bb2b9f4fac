SELECT 'it''s;';
SELECT "a"";b";
SELECT `a;b`;
