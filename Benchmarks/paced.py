"""HTTP requests at fixed times, each timed from when it was due: a stall counts for all behind it.

One thread and no pauses of its own: it sends what is due on any connection that is free, and reads what
has come. How late it was itself is part of what it tells.
"""
import collections, gc, re, select, socket, time

HEAD = re.compile(rb"HTTP/1\.1 (\d+).*?\r\ncontent-length: *(\d+)", re.S | re.I)


class Round(collections.namedtuple("Round", "milliseconds late")):
    """What came of a round: milliseconds of every answer, ascending, and of the sender's own delays."""

    def at(self, share):
        return self.milliseconds[min(len(self.milliseconds) - 1, int(len(self.milliseconds) * share))]


def http_request(method, path, body=b"", headers=()):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}",
             *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.due, self.read = 0.0, b""

    def fileno(self):
        return self.socket.fileno()

    def is_answered(self):
        """Reads what is there; whether the answer is whole."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server closed a connection")
        self.read += piece
        end = self.read.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = HEAD.match(self.read, 0, end)
        if head is None or head[1] != b"200":
            raise ValueError(f"answered {self.read[:200]!r}")
        if len(self.read) < end + 4 + int(head[2]):
            return False
        self.read = b""
        return True


def paced(port, requests, rate, count, connections=32):
    """Sends `count` of the requests in turn, `rate` a second."""
    free = [Connection(port) for _ in range(connections)]
    every, busy, times, late = free[:], {}, [], []
    sent, clock, step = 0, time.perf_counter, 1 / rate
    gc.collect()
    gc.disable()
    try:
        start = clock() + 0.05
        while len(times) < count:
            now = clock()
            while sent < count and free and start + sent * step <= now:
                connection = free.pop()
                connection.due = start + sent * step
                connection.socket.sendall(requests[sent % len(requests)])
                late.append((now - connection.due) * 1000)
                busy[connection] = None
                sent += 1
                now = clock()
            wait = 30.0
            if sent < count and free:
                wait = max(0.0, start + sent * step - now)
            ready, _, _ = select.select(list(busy), [], [], wait)
            if not ready and wait == 30.0:
                raise TimeoutError("no answer in 30 seconds")
            for connection in ready:
                if connection.is_answered():
                    times.append((clock() - connection.due) * 1000)
                    del busy[connection]
                    free.append(connection)
    finally:
        gc.enable()
        for connection in every:
            connection.socket.close()
    return Round(sorted(times), sorted(late))
