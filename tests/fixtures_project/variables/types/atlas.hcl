variable "text" {
  type = string
}
variable "count" {
  type = number
}
variable "whole" {
  type    = int
  default = 3
}
variable "on" {
  type    = bool
  default = "true"
}
variable "names" {
  type = list(string)
}
variable "one" {
  type = list(string)
}
variable "ids" {
  type    = set(number)
  default = [2, 1, 2]
}
variable "labels" {
  type    = map(string)
  default = { a = 1 }
}
variable "pair" {
  type    = tuple([string, number])
  default = ["x", "4"]
}
variable "server" {
  type    = object({ host = string, port = number })
  default = { host = "db", port = "5432" }
}
variable "described" {
  type        = string
  default     = "d"
  description = "what it is for"
}
env "local" {
  text      = var.text
  count     = var.count
  whole     = var.whole
  on        = var.on
  names     = var.names
  one       = var.one
  ids       = var.ids
  labels    = var.labels
  pair      = var.pair
  server    = var.server
  described = var.described
}
