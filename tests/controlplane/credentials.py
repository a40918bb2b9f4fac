"""Keys, certificates, tokens and kubeconfigs of one test cluster; all die with its folder."""

from __future__ import annotations

import base64
import datetime as dt
import ipaddress
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from pathlib import Path

LIFETIME = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Authority:
    """Signs the API server's certificate and those of the users a test makes."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def create(cls) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test cluster")])
        builder = certificate_of(name, key.public_key()).issuer_name(name)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        return cls(key, builder.sign(key, hashes.SHA256()))

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def serving(self) -> tuple[bytes, bytes]:
        """Return certificate and key, as PEM, of a server on loopback."""
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kube-apiserver")])
        return self._issue(subject, ExtendedKeyUsageOID.SERVER_AUTH, x509.SubjectAlternativeName(names))

    def client(self, user: str, groups: tuple[str, ...]) -> tuple[bytes, bytes]:
        """Return certificate and key, as PEM, that the API server takes for ``user`` in ``groups``."""
        memberships = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, group) for group in groups]
        subject = x509.Name([*memberships, x509.NameAttribute(NameOID.COMMON_NAME, user)])
        return self._issue(subject, ExtendedKeyUsageOID.CLIENT_AUTH)

    def _issue(
        self, subject: x509.Name, usage: x509.ObjectIdentifier, *extensions: x509.ExtensionType
    ) -> tuple[bytes, bytes]:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = certificate_of(subject, key.public_key()).issuer_name(self.certificate.subject)
        for extension in (x509.ExtendedKeyUsage([usage]), *extensions):
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM), private_pem(key)


def certificate_of(subject: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + LIFETIME)
    )


def private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def signing_key() -> bytes:
    """Return a private key, as PEM, for the tokens of service accounts."""
    return private_pem(ec.generate_private_key(ec.SECP256R1()))


def admin_token_file(token: str) -> str:
    """Return the static token file of the API server: one line, token, user, uid, groups."""
    return f'{token},test-admin,test-admin,"system:masters"\n'


def new_token() -> str:
    return secrets.token_hex(16)


def token_user(token: str) -> dict[str, str]:
    """Return the user of a kubeconfig who has a bearer token."""
    return {"token": token}


def certificate_user(certificate: bytes, key: bytes) -> dict[str, str]:
    """Return the user of a kubeconfig who has a client certificate."""
    return {
        "client-certificate-data": base64.b64encode(certificate).decode(),
        "client-key-data": base64.b64encode(key).decode(),
    }


def kubeconfig(server: str, authority_pem: bytes, user: dict[str, str]) -> str:
    """Return a kubeconfig of one context; JSON, which every reader of YAML takes."""
    cluster = {"server": server, "certificate-authority-data": base64.b64encode(authority_pem).decode()}
    document: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "test",
        "clusters": [{"name": "test", "cluster": cluster}],
        "users": [{"name": "test", "user": user}],
        "contexts": [
            {"name": "test", "context": {"cluster": "test", "user": "test", "namespace": "default"}}
        ],
    }
    return json.dumps(document, indent=2)


def write_private(path: Path, content: str | bytes) -> Path:
    """Write a file that nobody else may read, also not for a moment."""
    path.touch(mode=0o600)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
