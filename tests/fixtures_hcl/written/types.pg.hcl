table "all_types" {
  schema = schema.public
  column "a" { type = bit(3) }
  column "b" { type = bit_varying(5) }
  column "c" { type = char(2) }
  column "d" { type = character_varying(9) }
  column "e" { type = bytea }
  column "f" { type = int2 }
  column "g" { type = int8 }
  column "h" { type = smallserial }
  column "i" { type = float(10) }
  column "j" { type = double_precision }
  column "k" { type = decimal(8,3) }
  column "l" { type = money }
  column "m" { type = time(3) }
  column "n" { type = timetz }
  column "o" { type = timestamp(0) }
  column "p" { type = interval(2) }
  column "q" { type = day_to_second(4) }
  column "r" { type = year_to_month }
  column "s" { type = uuid }
  column "t" { type = jsonb }
  column "u" { type = xml }
  column "v" { type = cidr }
  column "w" { type = macaddr8 }
  column "x" { type = point }
  column "y" { type = tsvector }
  column "z" { type = int4range }
  column "aa" { type = datemultirange }
  column "ab" { type = sql("text[]") }
  column "ac" { type = sql("integer[][]") }
  column "ad" { type = oid }
  column "ae" { type = regclass }
  column "af" { type = sql("\"char\"") }
  column "weird name" { type = int }
  index "weird index" { columns = [column["weird name"]] }
}
schema "public" {}
