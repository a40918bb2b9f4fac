variable "a" {
  type = string
}
variable "b" {
  type = int
}
env "local" {
  both = "${var.a}-${var.b}"
}
