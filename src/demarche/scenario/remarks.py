"""What `check` remarks on a scenario that can be used: numbers that its runs will not have."""

from __future__ import annotations

from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY
from demarche.world.calendar import Period


def remark_bundles(report: Report) -> None:
    """Add a remark for each bundle that no arm takes."""
    select = report.document.select
    named = [*select("arms", ANY, "bundle"), *select("arms", ANY, "phases", ANY, "bundle")]
    taken = {name for _, name in named}
    for path, _ in select("bundles", ANY):
        if path[-1] not in taken:
            report.add(path, "no arm takes this bundle", fix=f"write 'bundle: {path[-1]}' in an arm, or leave it out",
                       at_key=True)  # fmt: skip


def remark_windows(report: Report, period: Period) -> None:
    """Add a remark for each outcome whose window is longer than the period."""
    from demarche.engine.variables import without_window

    for path, name in report.document.select("outcomes", ANY):
        for spec in without_window([str(name)], period.n_steps):
            what = f"the outcome {name} has no number in this period: its window is longer"
            report.add(
                path,
                what,
                found=f"{period.n_steps} months",
                expected=f"{spec.months} months or more",
                fix=f"let the period end in {period.start.plus(spec.months - 1)} or later, or leave the outcome out",
            )
