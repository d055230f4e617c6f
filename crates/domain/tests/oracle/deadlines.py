# SPDX-License-Identifier: EUPL-1.2
"""Makes deadlines.tsv: what python-dateutil and holidays say about German periods.

Run by hand, with what it needs pinned:
    pip install python-dateutil==2.9.0.post0 holidays==0.84
    python deadlines.py > deadlines.tsv
It shares no line with the program: months are relativedelta's, holidays are the package's, hours are zoneinfo's.
"""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

BERLIN = ZoneInfo("Europe/Berlin")
LANDS = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH".split()
LOCAL = {
    "BY+augsburg": ("Augsburg", ()),
    "BY+assumption": ("BY", ("catholic",)),
    "SN+corpus-christi": ("SN", ("catholic",)),
    "TH+corpus-christi": ("TH", ("catholic",)),
}
YEARS = range(2015, 2041)

KEPT = {}
for code in LANDS + list(LOCAL):
    subdivision, more = LOCAL.get(code, (code, ()))
    KEPT[code] = holidays.Germany(years=YEARS, subdiv=subdivision, categories=("public", *more))


def is_workday(code, day):
    return day.weekday() < 5 and day not in KEPT[code]


def move(code, day):
    while not is_workday(code, day):
        day += dt.timedelta(days=1)
    return day


def workdays(code, day, n):
    while n:
        day += dt.timedelta(days=1)
        n -= is_workday(code, day)
    return day


def known(sent):
    return sent + dt.timedelta(days=4 if sent >= dt.date(2025, 1, 1) else 3)


def after_last_day(code, last, months):
    first = last + dt.timedelta(days=1)
    same = first + relativedelta(months=months)
    end = same - dt.timedelta(days=1) if same.day == first.day else same
    return move(code, end)


def weeks(n):
    return lambda code, day: move(code, day + dt.timedelta(weeks=n))


def months(n):
    return lambda code, day: move(code, day + relativedelta(months=n))


def back(n):
    return lambda code, day: day - relativedelta(months=n)


RULES = {
    "competence": weeks(2),
    "participation": weeks(3),
    "after-opinion": weeks(2),
    "opinion": weeks(2),
    "findings": weeks(2),
    "several-carriers": weeks(6),
    "plan-conference": months(2),
    "transition": back(12),
    "young-adult": back(12),
    "liberty": lambda code, day: day + dt.timedelta(days=1),
    "minor-report": lambda code, day: workdays(code, day, 7),
    "land-report": lambda code, day: workdays(code, day, 3),
    "assignment": lambda code, day: workdays(code, day, 2),
    "health-hindrance": lambda code, day: workdays(code, day, 14),
    "distribution-ends": lambda code, day: day + relativedelta(months=1),
    "court-hearing": months(1),
    "objection": lambda code, day: move(code, known(day) + relativedelta(months=1)),
    "objection-handed": months(1),
    "foster-years": lambda code, day: day + relativedelta(months=24),
    "refund": lambda code, day: after_last_day(code, day, 12),
    "withheld": weeks(2),
}


def clock_changes():
    for year in range(2017, 2036):
        for month in (3, 10):
            last = dt.date(year, month, 31)
            yield last - dt.timedelta(days=(last.weekday() + 1) % 7)


def hard_days():
    days = set(clock_changes())
    for year in (2016, 2020, 2023, 2024, 2028, 2032):
        days |= {dt.date(year, 2, 28), dt.date(year, 3, 1)}
        if year % 4 == 0:
            days.add(dt.date(year, 2, 29))
    for year in range(2016, 2034, 2):
        days |= {dt.date(year, 12, day) for day in (23, 24, 25, 28, 30, 31)}
        days |= {dt.date(year + 1, 1, day) for day in (1, 5, 31)}
        days |= {dt.date(year, month, 31) for month in (3, 5, 7, 8, 10)}
    days |= {dt.date(2024, 12, 30), dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 1, 2)}
    return sorted(days)


def main():
    chance = random.Random(20261123)
    codes = LANDS + list(LOCAL)
    rows = set()
    for at, day in enumerate(hard_days()):
        for step, rule in enumerate(RULES):
            rows.add((rule, codes[(at * 7 + step) % len(codes)], day))
    for code in codes:
        for rule in RULES:
            for _ in range(4):
                rows.add((rule, code, dt.date(2016, 1, 1) + dt.timedelta(days=chance.randrange(365 * 18))))
    print("# SPDX-License-Identifier: CC0-1.0")
    print(f"# Made by deadlines.py with python-dateutil 2.9.0.post0 and holidays {holidays.__version__}.")
    print("# rule\tcalendar\tstart\tdue")
    for rule, code, day in sorted(rows):
        print(f"{rule}\t{code}\t{day}\t{RULES[rule](code, day)}")
    for day in list(clock_changes()) + [dt.date(2024, 2, 28), dt.date(2025, 12, 31), dt.date(2026, 12, 31)]:
        # Midnight after a day, and three days of hours that run through the change of clocks, as moments.
        over = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), BERLIN).astimezone(dt.timezone.utc)
        print(f"end-of-day\t-\t{day}\t{over:%Y-%m-%dT%H:%M:%SZ}")
        begun = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(9, 30), BERLIN)
        over = begun.astimezone(dt.timezone.utc) + dt.timedelta(hours=72)
        print(f"hours-72\t-\t{begun:%Y-%m-%dT%H:%M}\t{over:%Y-%m-%dT%H:%M:%SZ}")
    for code in codes:
        for year in range(2016, 2034):
            kept = sorted(day for day in KEPT[code] if day.year == year and day.weekday() < 6)
            print(f"holidays\t{code}\t{year}\t{' '.join(day.strftime('%m-%d') for day in kept)}")


main()
