locals {
  password = "canary-two"
}
