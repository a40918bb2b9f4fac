variable "tenant" {
  type = string
}
schema "main" {
  comment = null
}
