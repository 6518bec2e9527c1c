"""How schemathesis makes mails."""
import schemathesis
from hypothesis import strategies

words = strategies.text(strategies.characters(min_codepoint=32, max_codepoint=126), max_size=60)


@schemathesis.serializer("message/rfc822")
def serialize(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


schemathesis.openapi.format("rfc822", strategies.builds(
    lambda sender, subject, text: f"From: {sender}\r\nSubject: {subject}\r\n\r\n{text}\r\n", words, words, words))
