"""The sentences of a paper: German for none, one and many, and for what is not known."""

from __future__ import annotations

import pandas as pd

from steering.analysis.findings.counted import tasks
from steering.analysis.findings.endings import warned_until
from steering.analysis.findings.kinds import OPEN, UNSETTLED, calm
from steering.analysis.masterplan import plan
from steering.analysis.needs import reckoning
from steering.analysis.needs.coverage import LATER, MET, PAST, STATES
from steering.analysis.paper import open_points, surveyed
from steering.analysis.paper.costs import are
from steering.analysis.paper.facts import Facts, is_completed
from steering.analysis.paper.scenarios import WITH_MEASURE, WITH_PLAN
from steering.analysis.structures import counted
from steering.analysis.structures.apply_words import apply_words
from steering.analysis.structures.completeness import END, completeness
from steering.analysis.structures.posts import posts
from steering.model import Extension, FindingKind
from steering.model.german import count, day, listing, with_capital
from steering.model.vocabulary import word

MOST_LISTED = 8
NO_NEEDS = "Ein Bedarf ist hierzu nicht erhoben. Ob Lücken bestehen, lässt sich deshalb nicht sagen."


def bullets(lines: list[str], rest: tuple[str, str] = ("weiterer Punkt", "weitere Punkte")) -> str:
    """Lines of a list, as `document.paragraphs` reads them; beyond MOST_LISTED how many more there are."""
    shown = [f"- {line}" for line in lines[:MOST_LISTED]]
    if len(lines) > MOST_LISTED:
        shown.append(f"- … und {count(len(lines) - MOST_LISTED, *rest)}")
    return "\n".join(shown)


def former_decisions(facts: Facts) -> str:
    rows = facts.measures.dropna(subset=["decided_on"])
    if rows.empty:
        return "Frühere Beschlüsse der Gremien sind hierzu nicht erfasst."
    committees = facts.portfolio.names("committee")
    lines = []
    for _, row in rows.sort_values("decided_on").iterrows():
        who = str(committees.get(row["committee_id"], "Gremium nicht erfasst"))
        number = f", Vorlage {row['paper_number']}" if row["paper_number"] else ""
        lines.append(f"{day(row['decided_on'])}, {who}{number}: {row['name']}")
    return f"Hierzu gibt es {count(len(rows), 'früheren Beschluss', 'frühere Beschlüsse')}:\n{bullets(lines)}"


def legal_footing(facts: Facts) -> str:
    """Pflicht or freiwillig, by the tasks."""
    if facts.tasks.empty:
        return "Eine Aufgabe ist hierzu nicht zugeordnet; die Rechtslage ist noch zu klären."
    kinds = facts.tasks["legal"].value_counts()
    if len(facts.tasks) == 1:
        row = facts.tasks.iloc[0]
        return f"Die Aufgabe »{row['task']}« ist eingeordnet als: {row['legal']}."
    parts = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    return f"Rechtscharakter der {len(facts.tasks)} betroffenen Aufgaben: {parts}."


def existing(facts: Facts) -> str:
    """What exists and how it develops."""
    rows, when = facts.structures, day(facts.view.as_of)
    running, unknown = counted.running(rows), len(counted.uncertain(rows))
    if rows.empty:
        return "Eine Struktur ist hierzu nicht erfasst."
    verb = "läuft" if len(running) == 1 else "laufen"
    head = f"Am {when} {verb} {count(len(running), 'Struktur', 'Strukturen')}"
    if running.empty:
        head = f"Am {when} läuft keine der erfassten Strukturen"
    said = [f"{head}{_posts(running)}."]
    if unknown:
        more = "weiteren " if len(running) else ""
        which = f"einer {more}Struktur" if unknown == 1 else f"{unknown} {more}Strukturen"
        said.append(f"Bei {which} ist nicht bekannt, ob sie noch {'läuft' if unknown == 1 else 'laufen'}.")
    parts = (" ".join((*said, ends(facts))), _running_on(facts), own_ends(facts))
    return "\n".join(filter(None, parts))


def _posts(running: pd.DataFrame) -> str:
    found = posts(running)
    if not found.every:
        return ""
    if found.none_known:
        verb = "umfasst" if len(running) == 1 else "umfassen"
        return f"; wie viele Vollzeitäquivalente (VZÄ) sie {verb}, ist nicht bekannt"
    return f" mit zusammen {found.words}"


def ends(facts: Facts) -> str:
    """Which carrying money ends, as seen from the Stichtag."""
    rows = facts.ends
    if rows.empty:
        return "Ein festes Ende der tragenden Förderung ist nicht bekannt."
    over = rows["end"] < pd.Timestamp(facts.view.as_of)
    past, ahead = rows[over], rows[~over]
    if past.empty:
        return _ends(f"Bei {_structures(ahead)} endet die tragende Förderung", ahead)
    said = _ends(f"Bis dahin endet bei {_structures(past)} die tragende Förderung", past)
    if ahead.empty:
        return f"{said}\nEin späteres festes Ende ist nicht bekannt."
    return f"{said}\n{_ends(f'Danach endet sie bei {_structures(ahead)}', ahead)}"


def _running_on(facts: Facts) -> str:
    """That what is told to end is counted as going on; "" where nothing is."""
    rows = facts.ends[facts.ends["structure_id"].isin(facts.running_on)]
    if rows.empty:
        return ""
    plan = " mit Masterplan" if facts.with_plan else ""
    verb, they = ("geht", "ist sie") if len(rows) == 1 else ("gehen", "sind sie")
    names = listing([f"»{name}«" for name in rows["name"]])
    return (
        f"Im Szenario »{word(facts.view.scenario.rule)}«{plan} {verb} {names} danach weiter; so {they} hier "
        "gezählt."
    )


def _structures(rows: pd.DataFrame) -> str:
    return count(len(rows), "Struktur", "Strukturen")


def _ends(head: str, rows: pd.DataFrame) -> str:
    lines = []
    for _, row in rows.iterrows():
        by = row["programme"] if isinstance(row["programme"], str) else "tragende Förderung"
        lines.append(f"{row['name']}: {by} bis {day(row['end'])}; {extension(row)}")
    return f"{head}:\n{bullets(lines, ('weitere Struktur', 'weitere Strukturen'))}"


def own_ends(facts: Facts) -> str:
    """Which structures end by their own last day; "" where none does."""
    rows = facts.own_ends
    if rows.empty:
        return ""
    lines = [f"{row['name']}: bis {day(row['end'])}; {extension(row)}" for _, row in rows.iterrows()]
    verb = "endet" if len(rows) == 1 else "enden"
    head = f"Unabhängig von einer Förderung {verb} {count(len(rows), 'Struktur', 'Strukturen')}"
    return f"{head}:\n{bullets(lines, ('weitere Struktur', 'weitere Strukturen'))}"


def extension(row: pd.Series) -> str:
    """What is known about going on."""
    state = Extension(row["extension"])
    if state == Extension.NOT_YET_POSSIBLE:
        return "die Folgeförderung ist noch nicht ausgeschrieben"
    if pd.isna(row["apply_by"]):  # There is nothing to apply for.
        return f"die Verlängerung ist {word(state)}"
    if state in (Extension.APPLIED, Extension.EXPECTED):
        return f"die Verlängerung ist {word(state)}, aber noch nicht bewilligt"
    return f"die Verlängerung ist {word(state)}, Antrag bis {apply_words(row.to_dict())}"


def needs(facts: Facts) -> str:
    """What was asked when and who has answered, and what is recorded of it."""
    asked = surveyed.survey(facts.portfolio, facts.scope.tasks)
    return "\n".join(filter(None, (asked, _needs(facts))))


def _needs(facts: Facts) -> str:
    rows = facts.needs
    if rows.empty and surveyed.is_answered(facts.portfolio, facts.scope.tasks):
        return "Ein Bedarf ist hierzu nicht erfasst."
    if rows.empty:
        return NO_NEEDS
    verb = "ist" if len(rows) == 1 else "sind"
    states = rows["state"].value_counts()
    parts = [f"{states[state]} {state}" for state in STATES if state in states]
    lines = [f"{_which(row)}: {row['state']}{_by_rule(facts, row)}"
             for _, row in rows[(rows["state"] != MET) | rows["ruled"]].iterrows()]  # fmt: skip
    if len(rows) == 1 and parts:
        row = rows.iloc[0]
        which = f": {_which(row)}" if row["state"] != MET else ""
        told = f"am {day(facts.view.as_of)} ist er {row['state']}{which}"
        return f"Erfasst ist 1 Bedarf; {told}{_by_rule(facts, row)}."
    told = f", davon am {day(facts.view.as_of)} {listing(parts, 6)}" if parts else ""
    head = (
        f"Erfasst {verb} {count(len(rows), 'Bedarf', 'Bedarfe')}{told}{_not_in_force(rows) if parts else ''}."
    )
    met = int(states.get(MET, 0))
    if met and 0 < len(lines) == len(rows) - met:
        head += f" Außer {'dem' if met == 1 else 'den'} gedeckten {are(len(lines))} es:"
    return f"{head}\n{bullets(lines, ('weiterer Bedarf', 'weitere Bedarfe'))}" if lines else head


def _not_in_force(rows: pd.DataFrame) -> str:
    """How many begin later, or are over: with those in force they are all."""
    told = [
        f"; {number} {'gilt' if number == 1 else 'gelten'} {state.removeprefix('gilt ')}"
        for state in (LATER, PAST)
        if (number := int((rows["state"] == state).sum()))
    ]
    return "".join(told)


def _by_rule(facts: Facts, row: pd.Series) -> str:
    """By which rule its quantity follows a Kennzahl, and what it comes to on the day it is told of."""
    if not row["ruled"]:
        return ""
    found = reckoning.reckoning(facts.portfolio, row.to_dict(), facts.view)
    if found is None:
        return f"; {reckoning.NOT_KNOWN}"
    return f"; {reckoning.COMPUTED} nach dem Schlüssel {found.rule}, {found.sentence.removesuffix('.')}"


def _which(row: pd.Series) -> str:
    return f"{row['called']} ({row['area']})"


def gaps(facts: Facts) -> str:
    if facts.needs.empty:
        return NO_NEEDS
    rows = open_points.ahead(facts, facts.found[facts.found["kind"].isin(OPEN)])
    since, number = f"vom {day(facts.view.as_of)} an", rows["key"].nunique()
    if not number:
        return f"Für die erhobenen Bedarfe zeigt sich {since} im Planungszeitraum keine Lücke."
    found = count(number, "Lücke", "Lücken")
    head = f"{with_capital(since)} {are(number)} im Planungszeitraum {found} erkennbar:"
    return f"{head}\n{bullets(open_points.lines(facts, rows), ('weitere Lücke', 'weitere Lücken'))}"


def overlaps(facts: Facts) -> str:
    unsettled = facts.found["kind"].isin(UNSETTLED) & ~calm(facts.found)
    rows = open_points.ahead(facts, facts.found[unsettled])
    since = f"Vom {day(facts.view.as_of)} an ist im Planungszeitraum"
    if rows.empty and not _is_anybody_in_charge(facts):
        return "Eine Zuständigkeit ist hierzu nicht erfasst."
    if rows.empty:
        return f"{since} eine mehrfache oder ungeklärte Federführung nicht erkennbar."
    head = f"{since} bei {count(len(tasks(rows)), 'Aufgabe', 'Aufgaben')} die Federführung ein Klärungspunkt:"
    return f"{head}\n{bullets(open_points.lines(facts, rows))}"


def _is_anybody_in_charge(facts: Facts) -> bool:
    done, about = facts.described.responsibilities, facts.scope.tasks
    return bool(len(done) if about is None else done["task_id"].isin(about).any())


def assessment(facts: Facts) -> str:
    """What is most pressing within the warning time, and what is not known."""
    said = []
    soon = warned_until(facts.portfolio, max(facts.view.as_of, facts.view.today))
    near = facts.ends[facts.ends["end"] <= soon]
    if len(near):
        first = near.iloc[0]
        same = near[near["end"] == first["end"]]
        names = listing([f"»{name}«" for name in same["name"]])
        verb = "ist" if len(same) == 1 else "sind"
        said.append(f"Vordringlich {verb} {names}: Die Finanzierung reicht bis {day(first['end'])}.")
    told = facts.structures.merge(completeness(facts.described, facts.view), on="structure_id")
    if incomplete := len(counted.incomplete(told)):
        missing = "fehlen zu einer Struktur" if incomplete == 1 else f"fehlen zu {incomplete} Strukturen"
        without_end = counted.lacking(told, END)
        rest = "; wo ein Ende fehlt, ist ungewiss, ob eine Lücke entsteht." if len(without_end) else "."
        said.append(f"Angaben {missing}{rest}")
    if not said and facts.needs.empty:
        return "Ohne erhobenen Bedarf lässt sich nicht sagen, ob Handlungsbedarf besteht."
    return " ".join(said) or "Aus den vorliegenden Daten ergibt sich kein vordringlicher Handlungsbedarf."


def alternatives(facts: Facts) -> str:
    ways = "Nebeneinander stehen zuerst die Wege, zwischen denen zu entscheiden ist. "
    said = ways if facts.questions.asked else ""
    said += (
        f"Die {'letzte ' if said else ''}Tabelle zeigt, womit am {day(facts.after)} zu rechnen ist, je "
        "nachdem, was verlängert wird: "
        "»gesichert« zählt nur, was feststeht; »erwartet« auch Beantragtes und in Aussicht Gestelltes; "
        "»optimistisch« alles, was noch möglich ist."
    )
    names = " ".join(facts.scenarios["name"])
    if WITH_MEASURE in names:
        said += " »mit dieser Maßnahme« rechnet ihre Wirkungen hinzu."
    if WITH_PLAN in names:
        said += (
            " »mit Masterplan« rechnet die Maßnahmen hinzu, die geplant oder beschlossen sind oder laufen."
        )
    return said


def brought_about(facts: Facts, rows: pd.DataFrame) -> list[str]:
    """A line for each finding of `comparison`: what it is about, and in which periods."""
    names = facts.portfolio.names("task")
    lines = []
    for row in rows.to_dict("records"):
        about = names.get(row["task_id"]) or listing(list(row["participant_names"]), 2)
        when = "in allen Zeiträumen" if row["whole"] and len(row["when"]) > 1 else ", ".join(row["when"])
        lines.append(f"{about} ({word(FindingKind(row['kind']))}; {when})")
    return lines


def effect(facts: Facts) -> str:
    """What the measure, or the whole plan, brings about; "" where the paper leaves both out."""
    if facts.compared is None:
        return ""
    if facts.measure is None:
        return _effect_of_plan(facts)
    key = int(facts.subject.key)
    if is_completed(facts.measure):
        return "Die Maßnahme ist abgeschlossen; was sie bewirkt hat, ist in den Daten enthalten."
    told = plan.told(facts.portfolio, key)
    if not told:
        return "Zu der Maßnahme ist noch keine Wirkung erfasst; was sie schließt, lässt sich nicht berechnen."
    lines = [each.words + (f" – wird nicht angerechnet: {each.problem}" if each.problem else "")
             for each in told]  # fmt: skip
    verb = "ist eine Wirkung" if len(told) == 1 else f"sind {len(told)} Wirkungen"
    return f"Zu der Maßnahme {verb} erfasst:\n{bullets(lines, _MORE_EFFECTS)}\n\n{_closes(facts, 'Sie')}"


_MORE_EFFECTS = ("weitere Wirkung", "weitere Wirkungen")


def _effect_of_plan(facts: Facts) -> str:
    if facts.portfolio.measures.empty:
        return "Eine Maßnahme, die etwas schließen könnte, ist noch nicht erfasst."
    acting = [key for key, found in plan.in_force(facts.portfolio, ideas=facts.ideas).items() if found]
    if not acting:
        return "Noch hat keine Maßnahme, die geplant oder beschlossen ist oder läuft, eine Wirkung."
    verb = "wirkt" if len(acting) == 1 else "wirken"
    return f"Es {verb} {count(len(acting), 'Maßnahme', 'Maßnahmen')}. {_closes(facts, 'Der Masterplan')}"


def _closes(facts: Facts, who: str) -> str:
    assert facts.compared is not None
    closed, opened = facts.compared.closed, facts.compared.opened
    if closed.empty:
        said = f"{who} schließt keinen Hinweis, der nach den Daten offen ist."
    else:
        lines = bullets(brought_about(facts, closed), ("weiterer Hinweis", "weitere Hinweise"))
        said = f"{who} schließt {count(len(closed), 'Hinweis', 'Hinweise')}:\n{lines}"
    if len(opened):
        lines = bullets(brought_about(facts, opened), ("weiterer Hinweis", "weitere Hinweise"))
        said += f"\n\nNeu hinzu {'kommt' if len(opened) == 1 else 'kommen'}:\n{lines}"
    return said
