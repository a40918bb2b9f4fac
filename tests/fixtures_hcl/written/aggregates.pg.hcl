function "plus" {
  schema = schema.public
  lang   = SQL
  arg "a" { type = integer }
  arg "b" { type = integer }
  return     = integer
  as         = "SELECT a + b"
  volatility = IMMUTABLE
}
aggregate "total" {
  schema = schema.public
  arg {
    type = integer
  }
  state_type    = integer
  state_func    = function.plus
  initial_value = "0"
  parallel      = SAFE
}
schema "public" {}
