variable "tenant" {
  type = string
}
schema "main" {
}
