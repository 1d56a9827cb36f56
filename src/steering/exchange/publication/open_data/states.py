"""The Länder by the first two digits of every key of theirs, as ISO 3166-2 has them."""

_STATES = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip


def state(district_key: str) -> str:
    """The Land of a Kreis, "" for a key that is none."""
    return _STATES.get(district_key[:2], "")
