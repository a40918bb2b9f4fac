SELECT $a$ ; $b$ ; $$ ; $a$;
SELECT $fünf$ ; $fünf$;
SELECT $1, $2;
SELECT $1a$ ; $1a$;