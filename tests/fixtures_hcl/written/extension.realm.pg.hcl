schema "public" {}
extension "hstore" {
  schema  = schema.public
  comment = "data type for storing sets of (key, value) pairs"
}
table "t" {
  schema = schema.public
  column "h" { type = hstore }
}
