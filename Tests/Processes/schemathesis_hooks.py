"""How schemathesis makes mails: whatever it thinks of is the text of one."""
import schemathesis


@schemathesis.serializer("message/rfc822")
def serialize(context, value):
    return f"From: a@x.test\r\nSubject: test\r\n\r\n{value}\r\n".encode(errors="replace")
