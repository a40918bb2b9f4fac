variable "password" {
  type = string
}
test "migrate" "one" {
  migrate {
    to = "1"
  }
  log {
    message = "it is ${length([var.password])} password"
  }
}
