schema "main" {}
table "kv" {
  schema        = schema.main
  without_rowid = true
  strict        = true
  column "k" { type = text }
  column "v" {
    type = blob
    null = true
  }
  primary_key { columns = [column.k] }
}
table "types" {
  schema = schema.main
  column "a" { type = tinyint }
  column "b" { type = unsigned_big_int }
  column "c" { type = double_precision }
  column "d" { type = nvarchar(10) }
  column "e" { type = clob }
  column "f" { type = boolean }
  column "g" { type = json }
  column "h" { type = uuid }
  column "i" { type = sql("anything") }
  column "j" {
    type    = date
    null    = true
    default = sql("null")
  }
}
