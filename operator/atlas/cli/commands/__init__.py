"""One module a command, in folders as the words are typed: ``define`` adds its flags, ``run`` does it.

``table`` has the words of all of them. What several commands of a folder share lies beside them; what commands of
several folders share lies in the packages around this one.
"""
