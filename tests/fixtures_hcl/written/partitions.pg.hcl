table "logs" {
  schema = schema.public
  column "date" { type = date }
  column "text" { type = text }
  partition {
    type    = RANGE
    columns = [column.date]
  }
}
table "metrics" {
  schema = schema.public
  column "x" { type = integer }
  column "y" { type = integer }
  partition {
    type = RANGE
    by { column = column.x }
    by { expr = "floor(y)" }
  }
}
table "shards" {
  schema = schema.public
  column "id" { type = integer }
  partition {
    type    = HASH
    columns = [column.id]
  }
}
schema "public" {}
