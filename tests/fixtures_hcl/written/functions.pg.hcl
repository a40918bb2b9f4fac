function "positive" {
  schema = schema.public
  lang   = SQL
  arg "v" {
    type = integer
  }
  return     = boolean
  as         = "SELECT v > 0"
  volatility = IMMUTABLE
  leakproof  = false
  strict     = true
  security   = INVOKER
}
function "sum_all" {
  schema = schema.public
  lang   = PLpgSQL
  arg "a" {
    type    = integer
    default = 10
  }
  arg "b" {
    type    = integer
    default = sql("5 + 5")
  }
  return = integer
  as     = <<-SQL
  BEGIN
    RETURN a + b;
  END;
  SQL
  comment = "adds"
}
procedure "rename_all" {
  schema = schema.public
  lang   = PLpgSQL
  arg "first" {
    type = text
  }
  arg "second" {
    type = text
    mode = INOUT
  }
  as = <<-SQL
  BEGIN
    second := first;
  END;
  SQL
}
table "t" {
  schema = schema.public
  column "c" { type = integer }
  check "c_positive" {
    expr = "positive(c)"
  }
}
schema "public" {}
