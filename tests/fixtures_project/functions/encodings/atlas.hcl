env "local" {
  csv   = csvdecode("a,b\n1,2\n")
  json  = jsondecode("{\"a\": [1, null, true]}")
  text  = jsonencode({ b = [1, "x"], a = null })
  yaml  = yamldecode("a: 1\nb: [x, z]\n")
  lines = yamlencode({ a = 1, b = ["x"] })
}
