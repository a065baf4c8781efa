"""Asking a parser what it makes of a text."""


def outcome(parser, text, **kwargs):
    """(value, "") when the parser accepts, (None, sentence) when it refuses; any other exception is a failure."""
    try:
        return parser(text, **kwargs), ""
    except ValueError as refusal:
        return None, str(refusal)


def sentence_of(parser, text, **kwargs):
    """The sentence with which a parser refuses; empty when it accepts."""
    return outcome(parser, text, **kwargs)[1]
