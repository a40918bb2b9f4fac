"""``aws_rds_token`` and ``gcp_cloudsql_token``: passwords of some minutes. In a URL they go through ``urlescape``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.errors import AccessDenied, SpecError, Unsupported
from atlas.sources.data.calls import check_names, required

if TYPE_CHECKING:
    from atlas.project.data import SourceCall

_AZURE: Final = (
    'is not supported by this version. The token comes from data "external" too, with --allow-programs: '
    'program = ["az", "account", "get-access-token", "--resource-type", "oss-rdbms", "--query", "accessToken", '
    '"--output", "tsv"], its output through trimspace()'
)


def aws_rds_token(call: SourceCall) -> object:
    """A token for a database user, signed on this machine with the credentials of AWS; nothing is asked."""
    from atlas.sources.data.aws import open_session, translated

    check_names(call, "endpoint", "region", "username", "profile")
    host, mark, port = required(call, "endpoint").rpartition(":")
    username = required(call, "username")
    if not mark or not host or not port.isdigit():
        raise SpecError(
            '"endpoint" has no port: expected host:port, as db.example.us-east-1.rds.amazonaws.com:5432'
        )
    session = open_session(region=call.block.text("region"), profile=call.block.text("profile"))
    with translated("AWS"):
        if session.get_credentials() is None:
            raise AccessDenied(
                "AWS: no credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            )
        client = session.client("rds")
        return str(client.generate_db_auth_token(DBHostname=host, Port=int(port), DBUsername=username))


def gcp_cloudsql_token(call: SourceCall) -> object:
    """A token for Cloud SQL of the default credentials."""
    from atlas.sources.data.gcp import SQL_SCOPE, access_token

    check_names(call)
    return access_token(SQL_SCOPE)


def azure_db_token(_call: SourceCall) -> object:
    """Refused, with the way that there is."""
    raise Unsupported(_AZURE)
