"""``atlas operator``: the commands of the operator."""
