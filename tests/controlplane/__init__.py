"""A real etcd and kube-apiserver on loopback for one test run: no kubelet, no controllers.

``binaries`` finds or builds the programs, ``credentials`` makes keys and kubeconfigs, ``cluster`` runs the pair,
``fixtures`` hands it to tests. ``python -m tests.controlplane`` keeps one in the foreground for a person.
"""
