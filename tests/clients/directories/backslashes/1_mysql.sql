SELECT 'x\';';
SELECT 'y\\';
SELECT "\"";
