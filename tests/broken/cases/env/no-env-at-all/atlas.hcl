locals {
  token = "canary-none"
}
