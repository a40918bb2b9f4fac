"""Everything that proves Atlas: one folder a kind of proof, and the servers the proofs need."""
