"""Values in AWS Secrets Manager and in its Parameter Store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.sources.data.aws import client_of, translated

if TYPE_CHECKING:
    from atlas.sources.data.runtimevar.url import VariableURL


def read_secret(url: VariableURL) -> str:
    """The current version of ``awssecretsmanager://name``, whether it was stored as text or as bytes."""
    client = client_of("secretsmanager", url)
    with translated(str(url)):
        answer = client.get_secret_value(SecretId=url.name)
    text = answer.get("SecretString")
    if isinstance(text, str) and text:
        return text
    try:
        content = bytes(answer.get("SecretBinary") or b"").decode()
    except UnicodeDecodeError:
        raise SpecError(f"{url}: the secret is binary and not UTF-8: expected a text") from None
    if not content:
        raise SpecError(f"{url}: the secret is empty")
    return content


def read_parameter(url: VariableURL) -> str:
    """The value of ``awsparamstore://name``, decrypted; a name with folders is ``awsparamstore:///folder/name``."""
    client = client_of("ssm", url)
    with translated(str(url)):
        answer = client.get_parameter(Name=url.name, WithDecryption=True)
    return str(answer["Parameter"]["Value"])
