"""The schemes of ``runtimevar``, and the values that need no library: constants, files, HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from atlas.errors import AccessDenied, ConnectFailed, SpecError, Unsupported
from atlas.sources.data.calls import check_names, required
from atlas.sources.data.runtimevar.url import read_url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from atlas.project.data import SourceCall
    from atlas.sources.data.runtimevar.url import VariableURL

_SERVED: Final = "awsparamstore, awssecretsmanager, constant, file, gcpsecretmanager, http, https"
_UNSERVED: Final = frozenset(
    {"azblob", "azurekeyvault", "blob", "etcd", "gcpruntimeconfig", "gs", "mem", "s3", "vault"}
)
_OK: Final = 200
_DENIED: Final = (401, 403)


@dataclass(frozen=True, slots=True)
class RuntimeVars:
    """Files are relative to ``folder``."""

    folder: Path
    environ: Mapping[str, str] = field(repr=False)

    def runtimevar(self, call: SourceCall) -> object:
        """The value as a string, as it is: a line end of a file stays."""
        check_names(call, "url", "timeout", "decoder")
        required(call, "url")
        return self._read(read_url(call))

    def _read(self, url: VariableURL) -> str:
        match url.scheme:
            case "constant":
                return _constant(url)
            case "file":
                return self._file(url)
            case "http" | "https":
                return _http(url)
            case "awssecretsmanager" | "awsparamstore":
                from atlas.sources.data.runtimevar.aws import read_parameter, read_secret

                return read_secret(url) if url.scheme == "awssecretsmanager" else read_parameter(url)
            case "gcpsecretmanager":
                from atlas.sources.data.runtimevar.gcp import read_secret as read_gcp_secret

                return read_gcp_secret(url, self.environ)
            case _ if url.scheme in _UNSERVED:
                raise Unsupported(
                    f'the store "{url.scheme}" is not supported by this version: expected one of {_SERVED}; or read '
                    'the value with the store\'s own program in data "external"'
                )
            case _:
                raise SpecError(f'no store is called "{url.scheme}": expected one of {_SERVED}')

    def _file(self, url: VariableURL) -> str:
        url.refuse_others(())
        path = self.folder / url.name
        try:
            return path.read_bytes().decode()
        except OSError as error:
            raise SpecError(
                f"{url}: {(error.strerror or str(error)).lower()}: expected a file that can be read"
            ) from error
        except UnicodeDecodeError:
            raise SpecError(f"{url}: the file is not UTF-8") from None


def _constant(url: VariableURL) -> str:
    url.refuse_others({"val", "err"})
    if url.parameter("err"):
        raise SpecError(f"constant: {url.parameter('err')}")
    return url.parameter("val")


def _http(url: VariableURL) -> str:
    """The body of an answer of 200; other keys of the query are the server's."""
    import httpx

    parts = urlsplit(url.text)
    asked = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(url.query), ""))
    try:
        answer = httpx.get(asked, timeout=url.timeout_s, follow_redirects=True)
    except httpx.TimeoutException:
        raise ConnectFailed(
            f"{url}: no answer within {url.timeout_s:g}s: try again, or set timeout"
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        # NB: not "from": the error holds the request, and so the whole URL.
        raise ConnectFailed(f"{url}: {type(error).__name__}: expected a server that answers") from None
    if answer.status_code in _DENIED:
        raise AccessDenied(
            f"{url}: HTTP status {answer.status_code}: expected 200; check the credentials of the URL"
        )
    if answer.status_code != _OK:
        raise SpecError(f"{url}: HTTP status {answer.status_code}: expected 200")
    try:
        return answer.content.decode()
    except UnicodeDecodeError:
        raise SpecError(f"{url}: the answer is not UTF-8") from None
