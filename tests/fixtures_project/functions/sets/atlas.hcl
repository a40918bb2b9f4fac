env "local" {
  both    = setintersection(["a", "b"], ["b", "c"])
  product = setproduct(["a"], ["x", "y"])
  minus   = setsubtract(["a", "b"], ["b"])
  union   = setunion(["a"], ["b", "a"])
}
