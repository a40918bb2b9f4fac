"""The life of the operator in a cluster, from its start to its end, and what it says of itself meanwhile."""
