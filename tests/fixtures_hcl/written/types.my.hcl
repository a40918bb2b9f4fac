table "t" {
  schema = schema.shop
  column "a" { type = tinyint(1) }
  column "b" {
    type     = int(10)
    unsigned = true
  }
  column "c" { type = mediumint }
  column "d" { type = bit(5) }
  column "e" { type = float }
  column "f" { type = double(5,2) }
  column "g" { type = numeric(6,1) }
  column "h" { type = year }
  column "i" { type = datetime(6) }
  column "j" { type = time }
  column "k" { type = char(3) }
  column "l" { type = binary(16) }
  column "m" { type = varbinary(100) }
  column "n" { type = tinytext }
  column "o" { type = mediumblob }
  column "p" { type = json }
  column "q" { type = point }
  column "r" { type = geometry }
  column "s" { type = inet6 }
  column "t" { type = sql("uuid") }
  column "u" {
    type = int
    null = true
    as {
      expr = "`b` * 2"
      type = VIRTUAL
    }
  }
  column "v" {
    type = int
    null = true
    as {
      expr = "c + 1"
      type = PERSISTENT
    }
  }
  column "w" {
    type    = bit(3)
    default = sql("b'101'")
  }
  column "x" {
    type    = varchar(36)
    default = sql("(uuid())")
  }
  index "spatial" {
    type    = SPATIAL
    columns = [column.q]
  }
  index "words" {
    type    = FULLTEXT
    columns = [column.n]
  }
}
schema "shop" {
  charset = "utf8mb4"
}
