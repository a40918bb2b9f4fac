composite "address" {
  schema = schema.public
  field "street" { type = text }
  field "city" { type = varchar(100) }
}
enum "size" {
  schema = schema.public
  values = ["s", "m"]
}
composite "parcel" {
  schema = schema.public
  field "size" { type = enum.size }
  field "to" { type = composite.address }
}
table "parcels" {
  schema = schema.public
  column "p" { type = composite.parcel }
}
schema "public" {}
