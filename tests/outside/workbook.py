"""Opens rota.xlsx in LibreOffice: workbook.py PAIBAN CASE FOLDER. Needs LibreOffice and its python3-uno.

Every formula must come to what the file says it comes to, the hours must be those of hours.csv, and a cell edited there and
saved must come back as exactly that change.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue


def setting(name, value):
    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


def office(home):
    """A desktop of a new LibreOffice, and its process."""
    pipe = "paiban%d" % time.time_ns()
    words = ["soffice", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;", f"-env:UserInstallation=file://{home}"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context), process
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not start")


def table(path):
    """Rows of a table by column, without comments."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [{("shift" if k in ("code", "班次") else k): v for k, v in row.items()} for row in rows]


def formulas(book):
    """Value of every formula, by sheet, row and column."""
    found = {}
    for sheet in book.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        for r, row in enumerate(area.getFormulaArray()):
            for c, text in enumerate(row):
                if isinstance(text, str) and text.startswith("="):
                    cell = area.getCellByPosition(c, r)
                    assert cell.getError() == 0, (sheet.Name, r, c, text)
                    found[sheet.Name, r, c] = cell.Value
    return found


def main(paiban, case, folder):
    folder = pathlib.Path(folder).resolve()
    with tempfile.TemporaryDirectory() as home:
        desktop, process = office(home)
        try:
            url = (folder / "rota.xlsx").as_uri()
            book = desktop.loadComponentFromURL(url, "_blank", 0, (setting("Hidden", True),))
            written = formulas(book)
            book.calculateAll()
            for place, value in formulas(book).items():
                assert abs(value - written[place]) < 1e-9, (place, written[place], value)
            print(len(written), "formulas come to what the file says")
            names = list(book.Sheets.ElementNames)
            hours = book.Sheets.getByName(names[2])
            with open(folder / "hours.csv", encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))[1:]
            for i, row in enumerate(rows):
                for c in range(4, 19):
                    if row[c]:
                        shown = hours.getCellByPosition(c, 3 + i).Value
                        assert abs(shown - float(row[c])) < 0.005 + 1e-9, (row[0], c, shown, row[c])
            print(len(rows), "people have the hours of hours.csv")
            # The first person's first day becomes a shift that it is not.
            rota = book.Sheets.getByName(names[0])
            cell, codes = rota.getCellByPosition(3, 4), [rota.getCellByPosition(3, 4 + i).String for i in range(len(rows))]
            before = cell.String
            with open(folder / "rota.csv", encoding="utf-8-sig", newline="") as file:
                shifts = {r["shift"] for r in csv.DictReader(file) if r["times"]}
            cell.String = next(code for code in codes if code in shifts and code != before)
            edited = folder.parent / "edited.xlsx"
            book.storeToURL(edited.as_uri(), (setting("FilterName", "Calc MS Excel 2007 XML"),))
            wanted, person = cell.String, rota.getCellByPosition(0, 4).String
            # Then more of them, days off and shifts: overtime follows, as check counts it.
            off, days = next(c for c in codes if c in ("OFF", "休")), len({r["date"] for r in table(folder / "rota.csv")})
            for i in range(min(8, len(rows))):
                for d in (i, i + 6, i + 13):
                    cell = rota.getCellByPosition(3 + d % days, 4 + i)
                    if cell.String == off:
                        cell.String = wanted
                    elif cell.String in shifts:
                        cell.String = off
            book.calculateAll()
            overtime = 3 + days + len({r["shift"] for r in table(pathlib.Path(case) / "shifts.csv")}) + 4
            counted = [rota.getCellByPosition(overtime, 4 + i).Value for i in range(len(rows))]
            more = folder.parent / "edited-more.xlsx"
            book.storeToURL(more.as_uri(), (setting("FilterName", "Calc MS Excel 2007 XML"),))
            book.close(True)
        finally:
            try:
                desktop.terminate()
            except Exception:
                pass
            process.wait(timeout=60)
    words = [paiban, "compare", str(folder), str(edited), "--case", case, "--format", "json"]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    changes = json.loads(ended.stdout)["changes"]
    assert [(x["id"], x["from"], x["to"]) for x in changes] == [(person, before, wanted)], changes
    print(f"{person}: {before} became {wanted}, and nothing else changed")
    recounted = folder.parent / "recounted"
    words = [paiban, "check", case, str(more), "-o", str(recounted)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    hours = [float(r["overtime_hours"]) for r in table(recounted / "hours.csv")]
    moved = sum(abs(now - float(then[12])) > 0.01 for now, then in zip(hours, rows))
    assert moved >= 4, moved
    for row, now, live in zip(rows, hours, counted):
        assert abs(now - live) < 0.005 + 1e-9, (row[0], now, live)
    print(f"overtime of {len(rows)} people follows the edits: {moved} changed, all as check counts it")


main(*sys.argv[1:])
