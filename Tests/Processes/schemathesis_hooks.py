"""How schemathesis makes mails: whatever it thinks of is the text of one."""
import schemathesis


@schemathesis.serializer("message/rfc822")
def serialize(context, value):
    return f"From: a@x.test\r\nSubject: test\r\n\r\n{value}\r\n".encode(errors="replace")


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def serialize_lines(context, value):
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")
