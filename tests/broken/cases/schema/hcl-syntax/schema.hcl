schema "main" {
}
table "a" {
  schema = schema.main
  column "id" {
    type = int
}
