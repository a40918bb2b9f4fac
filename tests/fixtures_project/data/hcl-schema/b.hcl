table "t" {
  schema = schema.main
  column "id" {
    type = int
  }
}
