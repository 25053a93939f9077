"""Mutants of modifications that are in force from a day."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "in-force-from-the-day-after",
        "dates",
        "The old words count on the day itself.",
        "model/commencement.py",
        'Ordered(PRESENT_DAY, "at least", self.day)',
        'Ordered(PRESENT_DAY, "more than", self.day)',
        "prove/test_in_force_from.py",
    ),
    Mutant(
        "struck-and-still-asked",
        "dates",
        "A check that is struck is asked from the day on, too.",
        "regime/by_day.py",
        'yield replace(one, items=(self.only_on(self.ahead, "applies-when"), *one.items))',
        "yield one",
        "regime/test_in_force_from.py",
    ),
    Mutant(
        "inserted-and-asked-before",
        "dates",
        "A check that is inserted is asked before the day, too.",
        "regime/by_day.py",
        'yield replace(other, items=(self.only_on(self.come, "applies-when"), *other.items))',
        "yield other",
        "regime/test_in_force_from.py",
    ),
    Mutant(
        "when-of-the-new-words",
        "dates",
        "An effect or a lapse applies on all days when the new words say so.",
        "regime/by_day.py",
        "when=self.condition(old.when, new.when),",
        "when=new.when,",
        "prove/test_two_eras.py",
    ),
    Mutant(
        "new-definition-on-all-days",
        "dates",
        "A definition that says whether something is so has its new meaning before the day.",
        "regime/eras.py",
        'self.by_day.formula(cast("Formula", was), cast("Formula", new.body))',
        'cast("Formula", new.body)',
        "prove/test_two_eras.py",
    ),
    Mutant(
        "new-last-day-on-all-days",
        "dates",
        "The last day for a duty is that of the new words before the day, too.",
        "regime/eras.py",
        "day=self.by_day.term(old.day, new.day, DATE),",
        "day=new.day,",
        "prove/test_last_days_in_two_eras.py",
    ),
    Mutant(
        "new-holidays-on-all-days",
        "dates",
        "A claim counts by the holidays of the new words before the day, too.",
        "model/reckoned.py",
        "return Cases(((_reckoned(term, new), come),), _reckoned(term, old), term.sort)",
        "return _reckoned(term, new)",
        "prove/test_last_days_in_two_eras.py",
    ),
    Mutant(
        "holidays-of-the-first-version",
        "dates",
        "A claim counts working days by the calendar of the first version that has it.",
        "model/reckoned.py",
        "    if calendar is None or not calendar.of_column:",
        "    if calendar is None or True:",
        "prove/test_calendars_of_columns.py",
    ),
)
