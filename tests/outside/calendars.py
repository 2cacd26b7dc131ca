"""Reads ics/ with two independent parsers and holds it against rota.csv: calendars.py FOLDER [REPLANNED_FOLDER].

Needs the packages icalendar and vobject (pip). With a second folder, made over a copy of the first with another plan: only
events of days that changed may differ.
"""
import csv
import pathlib
import sys

import icalendar
import vobject


def events(path):
    """Date and state of the events of a calendar, by UID, as the first parser reads them."""
    text = path.read_bytes()
    assert all(len(line) <= 75 for line in text.split(b"\r\n")), path
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors, path
    found = {}
    for e in calendar.walk("VEVENT"):
        assert not e.errors, str(e['UID'])
        start = e["DTSTART"].dt
        zone = e["DTSTART"].params.get("TZID")
        assert zone == "Asia/Shanghai" or not hasattr(start, "hour"), str(e["UID"])
        found[str(e["UID"])] = (start, e["DTEND"].dt, str(e["SUMMARY"]), str(e["STATUS"]), int(e["SEQUENCE"]), str(e["DTSTAMP"].dt))
    return found


def rota(folder):
    with open(folder / "rota.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check(folder):
    """Every stretch of work and day of leave is an event, and there are no others."""
    rows, total = rota(folder), 0
    for path in sorted((folder / "ics").glob("*.ics")):
        own = [r for r in rows if r["id"] == path.stem]
        assert own, path
        live = {u: e for u, e in events(path).items() if e[3] != "CANCELLED"}
        second = vobject.readOne(path.read_text(encoding="utf-8"))
        first = events(path)
        assert len(second.vevent_list) == len(first), path
        for e in second.vevent_list:
            start, end, summary, *_ = first[e.uid.value]
            # Equal moments, whatever each makes of the zone.
            assert (e.dtstart.value, e.dtend.value, e.summary.value) == (start, end, summary), e.uid.value
        wanted = []
        for r in own:
            if r["times"]:
                for piece in r["times"].split("+"):
                    start, end = piece.split("-")
                    wanted.append((r["date"], start, end))
            elif r["shift"] not in ("OFF", "休", "-"):
                wanted.append((r["date"], "", ""))
        got = []
        for uid, (start, end, *_) in live.items():
            if hasattr(start, "hour"):
                minutes = int((end - start).total_seconds()) // 60 + start.hour * 60 + start.minute
                got.append((str(start.date()), start.strftime("%H:%M"), "%02d:%02d" % divmod(minutes, 60)))
                assert start.utcoffset().total_seconds() == 8 * 3600
            else:
                got.append((str(start), "", ""))
        assert sorted(got) == sorted(wanted), path
        total += len(got)
    print(folder, "calendars agree with rota.csv:", total, "events")


def compare(one, two):
    """What a new plan changed: events of days that differ in rota.csv, each with a higher number."""
    key = lambda r: (r["id"], r["date"])
    before = {key(r): (r["shift"], r["times"]) for r in rota(one)}
    after = {key(r): (r["shift"], r["times"]) for r in rota(two)}
    days = {k for k in before if before[k] != after.get(k)}
    changed = 0
    for path in sorted((one / "ics").glob("*.ics")):
        old, new = events(path), events(two / "ics" / path.name)
        assert set(old) <= set(new), "an event that was sent cannot vanish"
        for uid, event in new.items():
            if old.get(uid) == event:
                continue
            assert (path.stem, uid[:10]) in days, (path, uid)
            assert uid not in old or event[4] == old[uid][4] + 1, (path, uid)
            changed += 1
    print(len(days), "days changed,", changed, "events changed")
    assert changed >= len(days) > 0


folders = [pathlib.Path(a) for a in sys.argv[1:]]
for folder in folders:
    check(folder)
if len(folders) == 2:
    compare(*folders)
