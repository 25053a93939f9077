"""The public Python interface: everything that the commands do, and graphs and tables besides.

>>> import checker
>>> law = checker.load("spec", "properties")
>>> proofs = law.prove("1", versions=law.versions, quick=True)
>>> [each.verdict for each in proofs.results]
['refuted', 'proved']

Described by task in spec/python.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from checker.interface.choices import BUDGET, CERTIFYING, STATES
from checker.interface.loaded_law import atomic_column, find_folders, named_texts
from checker.interface.shelf import Shelf
from checker.interface.trying import effort
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.law_over_data import DataLaw
from checker.law_under_test import LawWithTests
from checker.prove.processors import usable_processors
from checker.question.jobs import Effort
from checker.results.answer import Watch, nobody
from checker.trusted.load_law import load_regime, load_texts

if TYPE_CHECKING:
    import networkx as nx

    from checker.interface.choices import DiffFailing, RolloutFailing, Solver
    from checker.interface.depending import Node
    from checker.interface.explaining import Pairs
    from checker.interface.exploring import State
    from checker.results.certification import Certification
    from checker.results.explained import Explained
    from checker.results.exported import Exported
    from checker.results.proofs import Proofs
    from checker.results.redlined import RedlinedLaw
    from checker.results.register import OpenPoints
    from checker.rooms.cover.answer import Edits
    from checker.rooms.diff.answer import Differences
    from checker.rooms.lint.answer import Findings
    from checker.rooms.rollout.answer import Mixtures
    from checker.rooms.who.answer import Coalitions

__all__ = ["Diagnostic", "Effort", "Law", "Shelf", "Span", "SpecError", "effort", "load"]

Texts: TypeAlias = Mapping[str, str]
"""The files of a law or of its claims: name -> Markdown."""


def load(
    spec: str | Path | Texts | None = None,
    properties: str | Path | Texts | None = None,
    *,
    claims: bool = True,
    effort: Effort | None = None,
) -> Law:
    """Return a law with its claims, from two folders of Markdown or from texts by file name.

    If only one folder is named, the other is the one beside it. If neither is, they are `spec/` and
    `properties/` in this folder or above it, else the law that comes with redline (`law.shipped`).
    `claims`: whether to read the claims. `effort`: how much time and how many processes answers may take.

    Raises SpecError with every mistake found.
    """
    trying = effort or Effort(BUDGET, processes=usable_processors())
    if isinstance(spec, Mapping) and (properties is None or isinstance(properties, Mapping)):
        return Law(load_texts(spec, properties), trying, None, named_texts(spec, properties or {}))
    if isinstance(spec, Mapping) or isinstance(properties, Mapping):
        message = "give the law and its claims both as texts, or both as folders"
        raise SpecError((Diagnostic("no-spec", message, None),))
    places = find_folders(
        None if spec is None else Path(spec), None if properties is None else Path(properties), claims=claims
    )
    return Law(load_regime(places.spec, places.properties if claims else None), trying, places)


class Law(DataLaw, LawWithTests):
    """A law with its claims: what `load` returns. Each method asks one kind of question and returns a
    frozen answer, which has `text()`, `json()` and `frame()`.

    A claim is given by its number or its name: `1`, `"18c"`, `"one-each"`. Columns are written as on the
    command line: `"new"`, `"new under strict"`, `"new without one-each"`. In every method, `effort` is how
    much time and how many processes the answer may take (by default, the law's own), `progress` is called
    with (done, of how many, what), and `command` is the command line that the answer names as its own.

    All methods raise SpecError for what cannot be understood or asked, and Disagreement if two ways of
    deciding contradict each other.
    """

    __slots__ = ()

    def trying(self, effort: Effort) -> Law:
        """Return the same law with another effort."""
        return replace(self, effort=effort)

    # ------------------------------------------------------------ questions

    def prove(
        self,
        *claims: str | int,
        versions: Sequence[str] = (),
        quick: bool = False,
        staged: bool = False,
        blame: bool = False,
        assumptions: bool = False,
        changed: str | None = None,
        examples: bool = True,
        another: int = 0,
        where: Sequence[str] = (),
        brief: bool = False,
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Proofs:
        """Decide the claims (without any, all): `law.prove(1, "18c")`. A claim and column takes seconds.

        The answer has each verdict with its story or evidence. `versions`: the columns to ask in; by default,
        where authors expect a verdict. `quick`: leave out columns with readings, dropped suppositions or
        requests under way. `staged`: ask of requests in one go, and again of requests under way. `blame`:
        find what each verdict rests on. `assumptions`: find what each proof supposes. `changed`: only what
        the edit since that revision of Git can reach. `examples`: show by an ordinary situation that a proof
        is not vacuous; without, in less time, by any that the note leaves out. `another`: how many further
        stories to find behind a verdict. `where`: facts; `pinned` of the answer is about where these hold.
        `brief`: outside the matrix, unless it is a surprise, no note and any shortest story.
        """
        from checker.interface.proving import prove

        return prove(
            self,
            tuple(map(str, claims)),
            versions,
            effort or self.effort,
            quick=quick,
            staged=staged,
            blame=blame,
            assumptions=assumptions,
            changed=changed,
            examples=examples,
            another=another,
            where=where,
            brief=brief,
            command=command,
            watch=progress,
        )

    def diff(
        self,
        old: str,
        new: str | None = None,
        *,
        before: str | Path | Texts | None = None,
        git: str | None = None,
        claims: bool = False,
        evidence: bool = False,
        fail_on: Sequence[DiffFailing] = (),
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Differences:
        """Say exactly which requests the column `new` decides differently from `old`.

        `before`: take `old` from another law (a folder, or its texts). `git`: take `old` from this law at a
        revision, and with `"REV..REV"` also `new`. With either, `new` defaults to the same column.
        `claims`: also say which claims change their verdict. `evidence`: find everything that
        `write_evidence` needs. `fail_on`: the kinds of difference that make `exit` 1.
        """
        from checker.rooms.diff.ask import diff

        return diff(
            self,
            old,
            new,
            effort or self.effort,
            before=Path(before) if isinstance(before, str) else before,
            git=git,
            claims=claims,
            evidence=evidence,
            fail_on=fail_on,
            command=command,
            watch=progress,
        )

    def rollout(
        self,
        old: str | None = None,
        new: str | None = None,
        *,
        all_claims: bool = False,
        evidence: bool = False,
        verdicts: bool = True,
        fail_on: Sequence[RolloutFailing] = (),
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Mixtures:
        """Check all mixtures of two versions (by default the last, and what it was made from) and all orders
        of switching. `all_claims`: also decide claims expected to be refuted in one of the two. `evidence`,
        `fail_on`: as for `diff`. `verdicts`: each, with a story worth reading; else only where harm begins.
        """
        from checker.rooms.rollout.ask import rollout

        return rollout(
            self,
            old,
            new,
            effort or self.effort,
            all_claims=all_claims,
            evidence=evidence,
            fail_on=fail_on,
            command=command,
            watch=progress,
            readable="all" if verdicts or evidence else "first",
        )

    def who(
        self,
        claim: str | int | None = None,
        *,
        bound: str = "",
        given: Sequence[str] = (),
        condition: str = "",
        goal: str = "",
        members: Sequence[str] = (),
        versions: Sequence[str] = (),
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Coalitions:
        """Find the minimal coalitions of users that can bring something about, and show that nobody can
        without them.

        Asks about a claim of the form `always, if P, then possibly Q` (or `never Q`), or about a question of
        your own: from situations with `condition` to `goal`, for all `bound` (as in a claim:
        `"x: S where p(x)"`) with the premises `given`. `members`: terms that name users; by default, all
        terms of the law.
        """
        from checker.rooms.who.ask import Question, who
        from checker.rooms.who.find import Typed

        name = None if claim is None else str(claim)
        question = Question(name, Typed(bound, tuple(given), condition, goal), tuple(members))
        return who(self, question, versions, effort or self.effort, command=command, watch=progress)

    def cover(
        self,
        version: str,
        *,
        clauses: Sequence[str] = (),
        everyone: bool = False,
        journal: str | Path | None = None,
        evidence: bool = False,
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Edits:
        """Edit a version in every place, or only the rules of some `clauses`, and say which claims notice.
        `everyone`: name every claim that does. `journal`: keeps finished edits for a run that continues.
        """
        from checker.rooms.cover.ask import cover

        return cover(
            self,
            version,
            effort or self.effort,
            clauses=clauses,
            everyone=everyone,
            journal=None if journal is None else Path(journal),
            evidence=evidence,
            command=command,
            watch=progress,
        )

    def lint(
        self,
        *versions: str,
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> Findings:
        """Find rules without effect, and words and rules that do not fit, in these versions, or in all."""
        from checker.rooms.lint.ask import lint_versions

        return lint_versions(self, versions, effort or self.effort, command=command, watch=progress)

    def explain(
        self,
        request: Pairs = (),
        situation: Pairs = (),
        *,
        version: str | None = None,
        file: str | Path | None = None,
        command: str = "",
    ) -> Explained:
        """Take one request through one situation: every check, in order, and why.

        `request`: parameter -> value; `situation`: place (`"holder(b)"`) -> value. A thing is there once
        it is named. Both may stand in a `file` (TOML, or Markdown with TOML fences). Without a version, the
        last one.
        """
        from checker.interface.explaining import explain

        place = None if file is None else Path(file)
        return explain(self, place, situation, request, version, command)

    def show(self, version: str, *, against: str | None = None, command: str = "") -> RedlinedLaw:
        """Return the law of a version as its modifications say it or, `against` any other version, as changes
        of that; with the meaning under the words.
        """
        from checker.interface.showing import show

        return show(self, version, against, command)

    def register(
        self,
        *,
        quick: bool = False,
        effort: Effort | None = None,
        progress: Watch = nobody,
        command: str = "",
    ) -> OpenPoints:
        """Return every open point, and the claims that turn on it. Takes minutes; `quick` asks less."""
        from checker.interface.registering import register

        return register(self, effort or self.effort, quick=quick, command=command, watch=progress)

    def certify(
        self,
        folder: str | Path,
        *,
        solvers: Sequence[Solver] = ("z3", "cvc5"),
        budget: float = CERTIFYING,
        jobs: int | None = None,
        before: str | Path | None = None,
        git: str | None = None,
        progress: Watch = nobody,
    ) -> Certification:
        """Re-check written evidence about this law, without the search that found it.

        `budget`: seconds for one obligation and solver. `before`, `git`: where to find the law that the
        evidence compares with, if it compares and does not contain that law.
        """
        from checker.interface.certifying import certify

        return certify(
            self,
            Path(folder),
            solvers,
            budget,
            jobs or self.effort.processes,
            before=None if before is None else Path(before),
            git=git,
            watch=progress,
        )

    def export(
        self,
        *claims: str | int,
        version: str | None = None,
        things: Mapping[str, int] | None = None,
        command: str = "",
    ) -> Exported:
        """Return the law of a column and claims as TLA+ for a finite instance, in `files` of the answer.

        `things`: how many things of each sort there are besides the named ones; by default two senders,
        and one of every other sort.
        """
        from checker.interface.exporting import export

        return export(self, tuple(map(str, claims)), version, things or {}, command)

    # --------------------------------------------------------------- graphs

    def graph(self, version: str) -> nx.DiGraph[Node]:
        """Return what rests on what in a column: claims, checks, exemptions, effects, definitions, clauses.

        Nodes are (kind, name); for attributes see `checker.interface.depending.dependency_graph`.
        """
        from checker.interface.depending import dependency_graph

        return dependency_graph(self.regime, atomic_column(self.regime, version))

    def states(
        self,
        claim: str | int,
        version: str,
        *,
        things: Mapping[str, int] | None = None,
        largest: int = STATES,
    ) -> nx.MultiDiGraph[State]:
        """Return the situations of a small instance and the steps between them, as far as a claim tells
        them apart.

        `things`: how many things of each sort there are; `largest`: how many situations a configuration may
        have. For the attributes of nodes and edges see `checker.interface.exploring.state_graph`.
        """
        from checker.interface.exploring import state_graph

        return state_graph(self, str(claim), version, things or {}, largest)

    def check_target(self, place: str | Path) -> None:
        """Raise SpecError, before long work, if evidence cannot be written there or would be read as law."""
        from checker.interface.evidence import check_target

        check_target(self, Path(place))
