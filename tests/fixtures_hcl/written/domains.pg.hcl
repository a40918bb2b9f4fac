domain "us_postal_code" {
  schema = schema.public
  type   = text
  null   = true
  check "us_postal_code_check" {
    expr = "((VALUE ~ '^\\d{5}$'::text) OR (VALUE ~ '^\\d{5}-\\d{4}$'::text))"
  }
}
domain "username" {
  schema  = schema.public
  type    = text
  null    = false
  default = "anonymous"
  check "username_length" {
    expr = "(length(VALUE) > 3)"
  }
}
table "addresses" {
  schema = schema.public
  column "code" {
    type = domain.us_postal_code
    null = true
  }
  column "who" { type = domain.username }
}
schema "public" {}
