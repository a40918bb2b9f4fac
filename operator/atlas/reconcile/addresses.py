"""Addresses that nothing in a manifest may reach: link-local ones and the metadata services of clouds.

They answer with credentials of the machine, so a manifest that could name them could read those. Names are checked as
written; what a name resolves to, now or a moment later, is the concern of the network policy, and of whoever reads the
answer.
"""

from __future__ import annotations

import ipaddress
import unicodedata

from atlas.errors import SpecError

_METADATA_NAMES = frozenset(
    {
        *("metadata", "metadata.google.internal", "metadata.goog"),
        *("instance-data", "instance-data.ec2.internal", "metadata.azure.internal"),
    }
)
_METADATA_ADDRESSES = frozenset(
    {
        ipaddress.ip_address("100.100.100.200"),  # Alibaba Cloud
        ipaddress.ip_address("192.0.0.192"),  # Oracle Cloud, classic
        ipaddress.ip_address("168.63.129.16"),  # Azure, platform address
        ipaddress.ip_address("fd20:ce::254"),  # Google Cloud over IPv6
    }
)
_AWS = ipaddress.IPv6Network("fd00:ec2::/32")
"""Services of the machine over IPv6: its metadata, its time, the credentials of a pod."""
_WITH_IPV4_AT_THE_END = (
    ipaddress.IPv6Network("::/96"),  # RFC 4291, no longer used
    ipaddress.IPv6Network("64:ff9b::/96"),  # NAT64, RFC 6052
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 of one network, RFC 8215
)
"""Lead to the IPv4 address in the last 32 bits, in networks that have IPv6 alone."""
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))
"""What a resolver takes for the dot of a name, RFC 3490."""
_PARTS_OF_IPV4 = 4


def check_address(host: str) -> None:
    """Refuse a host that is, or is a name of, such an address.

    Raises:
        SpecError: It is one of them.
    """
    # NB: as resolvers do it, who take wide digits and letters for those of ASCII.
    name = unicodedata.normalize("NFKC", host.strip().translate(_DOTS)).lower().rstrip(".")
    address = _address(name)
    if name in _METADATA_NAMES or (address and _is_refused(address)):
        raise SpecError(
            f'the address "{host}" is refused: link-local and metadata addresses are never a target'
        )


def _is_refused(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_link_local or address in _METADATA_ADDRESSES or address in _AWS


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name.strip("[]").partition("%")[0])
    except ValueError:
        return _as_inet_aton(name)
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _WITH_IPV4_AT_THE_END):
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _as_inet_aton(name: str) -> ipaddress.IPv4Address | None:
    """``169.254.43518``, ``0xa9fea9fe``, ``2852039166``: resolvers still read the notations of inet_aton(3)."""
    parts = name.split(".")
    if not 1 <= len(parts) <= _PARTS_OF_IPV4:
        return None
    try:
        *leading, last = (_number(part) for part in parts)
        value = sum(number << (24 - 8 * index) for index, number in enumerate(leading)) + last
        return ipaddress.IPv4Address(value)
    except ValueError:
        return None


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text, 16)
    return int(text, 8) if text.startswith("0") and text != "0" else int(text)
