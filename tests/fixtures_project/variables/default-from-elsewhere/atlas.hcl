variable "url" {
  type    = string
  default = getenv("DATABASE_URL")
}
variable "quoted" {
  type    = "string"
  default = local.greeting
}
locals {
  greeting = "hello"
}
env "local" {
  url    = var.url
  quoted = var.quoted
}
