"""Settles a sheet's level of evidence: what its authors typed, or `strong` when others earned it."""

from practices.enums import Outcome
from practices.models import FacetValue, Sheet

STRONG = "strong"
INDEPENDENT_TRIALS = 3


def settle_evidence(sheet: Sheet) -> None:
    """Write a locked sheet's evidence: `strong` once three houses other than its own report that it worked."""
    worked = sheet.trials.filter(outcome=Outcome.WORKED, institution__isnull=False)
    houses = worked.exclude(institution=sheet.institution_id).values("institution").distinct().count()
    typed = (sheet.version.content if sheet.version else sheet.content).get("evidence", "")
    sheet.evidence = STRONG if houses >= INDEPENDENT_TRIALS else typed
    sheet.save(update_fields=["evidence"])
    FacetValue.objects.filter(sheet=sheet, field="evidence").delete()
    if sheet.version and sheet.evidence:
        FacetValue.objects.create(sheet=sheet, field="evidence", code=sheet.evidence)
