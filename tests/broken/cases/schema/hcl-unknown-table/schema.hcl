schema "main" {
}
table "a" {
  schema = schema.main
  column "id" {
    type = int
  }
  foreign_key "self" {
    columns     = [column.id]
    ref_columns = [table.b.column.id]
  }
  primary_key {
    columns = [column.id]
  }
}
