"""What a terminal shows: terminal.py PAIBAN CASE. Runs the program in pseudo-terminals of several widths; Unix only.

The bar must have best, bound and gap; no line may be wider than the terminal, nor than 80 columns; colours must keep to
NO_COLOR and TERM=dumb.
"""
import fcntl
import os
import pty
import re
import struct
import sys
import tempfile
import termios
import unicodedata

STYLE = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def shown(words, columns, **variables):
    """What a command writes to a terminal of so many columns."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI")}
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execve(words[0], words, {**kept, "TERM": "xterm-256color", **variables})
    written = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, (words, written.decode())
    return written.decode()


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def main(paiban, case):
    with tempfile.TemporaryDirectory() as desk:
        solve = [paiban, "solve", case, "-o", f"{desk}/rota", "--work-limit"]
        widest = 0
        for columns, lang, best, work in [(80, "zh", "目前最好 ", "5000000"), (60, "en", "best ", "5000000"), (200, "en", "best ", "500000")]:
            text = shown([*solve, work, "--lang", lang], columns)
            lines = [CONTROL.sub("", line) for line in re.split(r"[\r\n]+", text)]
            bars = [line for line in lines if re.match(r"\[=*>? *\] ", line)]
            figures = r"\d+ .*\d+ .*\d\.\d\d%" if work == "5000000" else r"\d+"
            assert any(re.search(best + figures, line) for line in bars), bars[-1:]
            for line in lines:
                limit = columns if line in bars else min(columns, 80)
                assert width(line.rstrip()) <= limit, (columns, width(line), line)
            widest = max([widest, *(width(line) for line in lines if line not in bars)])
            assert STYLE.search(text), "a terminal has colours"
        text = shown([*solve, "500000"], 80, NO_COLOR="1")
        assert "\x1b[2K" in text and not STYLE.search(text), "NO_COLOR is kept, the bar stays"
        for server in ({}, {"CI": "true"}):
            text = shown([*solve, "500000"], 80, TERM="dumb", **server)
            assert "\x1b" not in text and "penalty" in text, text
        print(f"the terminal: a bar, lines of at most {widest} columns on 60, 80 and 200, NO_COLOR and TERM=dumb kept")


main(*sys.argv[1:])
