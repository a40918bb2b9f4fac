"""Stores that fail, refuse or babble: which error comes of it, how soon, and what is not told."""

from __future__ import annotations

import datetime as dt
import gc
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from atlas.buckets import open_bucket
from atlas.errors import (
    AtlasError,
    Conflict,
    Forbidden,
    NotFound,
    Rejected,
    SpecError,
    Unauthorized,
    Unavailable,
)
from atlas.wire.bucket import Bucket
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.daemon import free_port
from tests.servers import azurite

# The libraries of Google and Azure leave answers unread that they ask for again; the sockets go when the collector comes.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
STORES = ("s3", "gcs", "azure")
SECRETS = ("s3cr3t-key-of-aws", azurite.KEY)
ETAGS = {"s3": '"1"', "gcs": "1", "azure": '"1"'}
AT_ONCE_S = 30
"""A second or two on a machine with room; left alone, the libraries of Google and Azure try for two minutes."""
METHODS: Mapping[str, Callable[[Bucket, str], object]] = {
    "put_if_absent": lambda bucket, _: bucket.put_if_absent("a", b"x"),
    "put_if_unchanged": lambda bucket, store: bucket.put_if_unchanged("a", b"x", etag=ETAGS[store]),
    "get": lambda bucket, _: bucket.get("a"),
    "head": lambda bucket, _: bucket.head("a"),
    "list": lambda bucket, _: list(bucket.list("")),
    "delete": lambda bucket, _: bucket.delete("a"),
}


class Answers(ThreadingHTTPServer):
    """A server on loopback that says the same to every request."""

    daemon_threads = True

    def __init__(self, status: int, body: bytes, length: int | None) -> None:
        self.said = (status, body, len(body) if length is None else length)
        self.asked = 0
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Answers

    def _say(self) -> None:
        self.server.asked += 1
        status, body, length = self.server.said
        with suppress(ConnectionError):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(length))
            self.send_header("Content-Type", "application/xml" if body.startswith(b"<?xml") else "text/html")
            if status == 206:
                self.send_header("Content-Range", f"bytes 0-{length - 1}/{length}")
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
        self.close_connection = True

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _say  # noqa: N815 - the names that http.server calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def answering(status: int, body: bytes = b"<html>no</html>", length: int | None = None) -> Iterator[Answers]:
    server = Answers(status, body, length)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True, scope="module")
def _collected() -> Iterator[None]:
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def at(no_clouds: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], Bucket]:
    """Opens a bucket of a store at a port of loopback."""

    def opened(store: str, port: int, scheme: str = "http") -> Bucket:
        url = f"{scheme}://127.0.0.1:{port}"
        match store:
            case "s3":
                given = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRETS[0]}
                return open_bucket(
                    f"s3://bucket/f?region=us-east-1&endpoint={url}&use_path_style=true", given
                )
            case "gcs":
                monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
                return open_bucket("gs://bucket/f")
            case _:
                service = f"domain=127.0.0.1:{port}&protocol={scheme}"
                given = {"AZURE_STORAGE_ACCOUNT": azurite.ACCOUNT, "AZURE_STORAGE_KEY": azurite.KEY}
                return open_bucket(f"azblob://bucket/f?{service}", given)

    return opened


def error_of(store: str, method: str, bucket: Bucket) -> AtlasError:
    with pytest.raises(AtlasError) as caught:
        METHODS[method](bucket, store)
    assert not [secret for secret in SECRETS if secret in str(caught.value)]
    assert "bucket" in str(caught.value) or "object" in str(caught.value) or '"a"' in str(caught.value)
    return caught.value


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("method", METHODS)
def test_a_port_that_nobody_has_is_an_outage_at_once(
    at: Callable[[str, int], Bucket], store: str, method: str
) -> None:
    bucket = at(store, free_port())
    start = time.monotonic()
    error = error_of(store, method, bucket)
    assert isinstance(error, Unavailable), error
    assert time.monotonic() - start < AT_ONCE_S


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_store_out_of_order_is_asked_again_a_few_times(
    at: Callable[[str, int], Bucket], store: str, status: int
) -> None:
    with answering(status) as server:
        bucket = at(store, server.server_port)
        for method in ("get", "put_if_absent"):
            server.asked, start = 0, time.monotonic()
            error = error_of(store, method, bucket)
            assert isinstance(error, Unavailable), error
            assert server.asked >= 1
            assert server.asked <= 10
            assert time.monotonic() - start < AT_ONCE_S


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("status", "expected"), [(400, Rejected), (401, Unauthorized), (403, Forbidden), (404, NotFound)]
)
def test_a_store_that_refuses_is_believed(
    at: Callable[[str, int], Bucket], store: str, method: str, status: int, expected: type[AtlasError]
) -> None:
    if (method, status) == ("delete", 404):
        return  # absent is as good as deleted: the contract says so
    with answering(status) as server:
        bucket = at(store, server.server_port)
        server.asked = 0
        error = error_of(store, method, bucket)
        if (method, status) == ("put_if_unchanged", 404):
            assert type(error).__name__ == "Conflict"  # of the object; a missing bucket has a code of its own
        else:
            assert isinstance(error, expected), error
        assert server.asked <= 2  # boto3 asks once more where the bucket lives


def xml(code: str) -> bytes:
    """How S3 and Azure say no, with words that are nobody's business."""
    said = f"<Code>{code}</Code><Message>{SECRETS[0]}</Message><StringToSign>{SECRETS[1]}</StringToSign>"
    return f'<?xml version="1.0" encoding="utf-8"?><Error>{said}</Error>'.encode()


def google(message: str) -> bytes:
    return f'{{"error": {{"code": 404, "message": "{message}", "errors": []}}}}'.encode()


@pytest.mark.parametrize(
    ("store", "method", "status", "body", "expected", "message"),
    [
        ("s3", "get", 404, xml("NoSuchBucket"), NotFound, 's3://bucket/f: bucket "bucket" not found'),
        ("s3", "put_if_absent", 404, xml("NoSuchBucket"), NotFound, 'bucket "bucket" not found'),
        ("s3", "put_if_unchanged", 404, xml("NoSuchBucket"), NotFound, 'bucket "bucket" not found'),
        ("s3", "put_if_unchanged", 404, xml("NoSuchKey"), Conflict, '"a" was changed'),
        ("s3", "put_if_unchanged", 412, xml("PreconditionFailed"), Conflict, '"a" was changed'),
        ("s3", "put_if_absent", 412, xml("PreconditionFailed"), Conflict, '"a" exists already'),
        (
            "s3",
            "put_if_absent",
            409,
            xml("ConditionalRequestConflict"),
            Unavailable,
            "being written by others",
        ),
        ("s3", "get", 400, xml("ExpiredToken"), Unauthorized, "(ExpiredToken)"),
        ("s3", "get", 403, xml("SignatureDoesNotMatch"), Unauthorized, "(SignatureDoesNotMatch)"),
        ("s3", "get", 403, xml("InvalidAccessKeyId"), Unauthorized, "(InvalidAccessKeyId)"),
        ("s3", "get", 403, xml("AccessDenied"), Forbidden, 'may not touch the object "a" (AccessDenied)'),
        ("s3", "get", 503, xml("SlowDown"), Unavailable, "out of order (SlowDown, HTTP 503)"),
        (
            "s3",
            "put_if_absent",
            400,
            xml("AuthorizationHeaderMalformed"),
            SpecError,
            'correct the key "region"',
        ),
        (
            "gcs",
            "list",
            404,
            google("The specified bucket does not exist."),
            NotFound,
            'bucket "bucket" not found',
        ),
        ("gcs", "put_if_unchanged", 404, google("The specified bucket does not exist."), NotFound, "bucket"),
        ("gcs", "put_if_unchanged", 412, google("conditionNotMet"), Conflict, '"a" was changed'),
        ("gcs", "put_if_absent", 412, google("conditionNotMet"), Conflict, '"a" exists already'),
        ("azure", "get", 404, xml("ContainerNotFound"), NotFound, 'bucket "bucket" not found'),
        ("azure", "put_if_unchanged", 404, xml("ContainerNotFound"), NotFound, 'bucket "bucket" not found'),
        ("azure", "put_if_unchanged", 412, xml("ConditionNotMet"), Conflict, '"a" was changed'),
        ("azure", "put_if_absent", 409, xml("BlobAlreadyExists"), Conflict, '"a" exists already'),
        ("azure", "put_if_absent", 409, xml("ContainerBeingDeleted"), Unavailable, "(ContainerBeingDeleted)"),
        ("azure", "get", 403, xml("AuthenticationFailed"), Unauthorized, "(AuthenticationFailed)"),
        ("azure", "get", 403, xml("AuthorizationPermissionMismatch"), Forbidden, 'the object "a"'),
        ("azure", "get", 503, xml("ServerBusy"), Unavailable, "(ServerBusy, HTTP 503)"),
    ],
)
def test_what_a_store_means_by_its_code(
    at: Callable[[str, int], Bucket],
    store: str,
    method: str,
    status: int,
    body: bytes,
    expected: type[AtlasError],
    message: str,
) -> None:
    with answering(status, body) as server:
        error = error_of(store, method, at(store, server.server_port))
    assert isinstance(error, expected), error
    assert message in str(error)


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("method", ["put_if_absent", "put_if_unchanged", "get", "head", "list"])
def test_a_page_that_no_store_would_send_is_an_outage(
    at: Callable[[str, int], Bucket], store: str, method: str
) -> None:
    with answering(200, b"<html>Please log in to this network</html>") as server:
        error = error_of(store, method, at(store, server.server_port))
    assert isinstance(error, Unavailable), error


@pytest.mark.parametrize("store", STORES)
def test_half_an_object_is_an_outage(at: Callable[[str, int], Bucket], store: str) -> None:
    with answering(206 if store == "azure" else 200, b"half of it", length=1000) as server:
        error = error_of(store, "get", at(store, server.server_port))
    assert isinstance(error, Unavailable), error


@pytest.mark.parametrize("store", STORES)
def test_a_server_without_tls_is_an_outage_for_https(at: Callable[..., Bucket], store: str) -> None:
    with answering(200) as server:
        error = error_of(store, "get", at(store, server.server_port, "https"))
    assert isinstance(error, Unavailable), error


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody trusts yet, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "store")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "cert.pem", folder / "key.pem"


@pytest.mark.parametrize("store", STORES)
def test_authorities_of_ssl_cert_file_are_trusted(
    at: Callable[..., Bucket], store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = certified(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with answering(404) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        assert isinstance(error_of(store, "get", at(store, server.server_port, "https")), Unavailable)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        error = error_of(store, "get", at(store, server.server_port, "https"))
    assert isinstance(error, NotFound), error


@contextmanager
def silence() -> Iterator[int]:
    """A port of loopback that drops what comes: its queue of connections is full, and nobody takes one off."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        port = listening.getsockname()[1]
        waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            with suppress(BlockingIOError):
                one.connect(("127.0.0.1", port))
            waiting.append(one)
        try:
            yield port
        finally:
            for one in waiting:
                one.close()


def test_a_host_that_is_silent_is_known_to_be_dead_after_ten_seconds(at: Callable[..., Bucket]) -> None:
    def seconds(store: str) -> float:
        start = time.monotonic()
        assert isinstance(error_of(store, "get", buckets[store]), Unavailable)
        return time.monotonic() - start

    with silence() as port, ThreadPoolExecutor(3) as pool:
        buckets = {store: at(store, port) for store in STORES if store != "gcs"}
        found = dict(zip(buckets, pool.map(seconds, buckets), strict=True))
        start = time.monotonic()
        assert isinstance(error_of("gcs", "get", at("gcs", port)), Unavailable)
        found["gcs"] = time.monotonic() - start
    assert all(4 < taken < 12 for taken in found.values()), found
