"""Files of sheets: sent by editors, served to those who may read the sheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.errors import CommonsError, Conflict
from commons.permissions import require
from commons.vocabularies.queries import choices_of
from frontend.errors import add_errors
from frontend.signed_in import person_of
from practices.actions import save_sheet
from practices.actions.uploads import add_upload, remove_upload
from practices.models import Sheet, Upload
from practices.queries import sheets_visible_to


class UploadForm(forms.Form):
    """A file, and what it shows."""

    file = forms.FileField(
        label=gettext_lazy("Fichier"), help_text=gettext_lazy("Image JPEG, PNG ou WebP, PDF, ou son MP3, Ogg, M4A.")
    )
    alt = forms.CharField(
        label=gettext_lazy("Texte de remplacement"),
        max_length=300,
        help_text=gettext_lazy("Ce que l’image montre, pour qui ne la voit pas."),
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Licence"),
        help_text=gettext_lazy("Celle du fichier ; vérifiez vos droits avant de l’envoyer."),
    )
    credit = forms.CharField(label=gettext_lazy("Crédit"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["licence"].choices = [(e.code, str(e)) for e in choices_of("licence")]  # type: ignore[attr-defined]


@login_required
def uploads(request: HttpRequest, pk: str) -> HttpResponse:
    """Send a file and name it among the sheet's media; take one away."""
    sheet = get_object_or_404(sheets_visible_to(request.user), pk=pk)
    require(request.user, "practices.change_sheet", sheet)
    initial = {"licence": sheet.content.get("licence", sheet.licence)}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if "remove" in request.POST:
        return _remove(request, get_object_or_404(sheet.uploads, pk=request.POST["remove"]))
    if request.method == "POST" and form.is_valid():
        try:
            _add(request, sheet, form)
        except CommonsError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Le fichier est joint."))
            return redirect("upload_add", pk=pk)
    rows = sheet.uploads.order_by("-created_at")
    return render(request, "writing/uploads.html", {"form": form, "sheet": sheet, "uploads": rows})


def _add(request: HttpRequest, sheet: Sheet, form: UploadForm) -> None:
    upload = add_upload(by=person_of(request), sheet=sheet, file=form.cleaned_data["file"])
    medium = {"upload": upload.pk} | {code: form.cleaned_data[code] for code in ("alt", "licence", "credit")}
    media = [*sheet.content.get("media", []), medium]
    save_sheet(by=person_of(request), sheet=sheet, values={"media": media}, revision=sheet.revision)


def _remove(request: HttpRequest, upload: Upload) -> HttpResponse:
    sheet = upload.sheet
    media = [medium for medium in sheet.content.get("media", []) if medium.get("upload") != upload.pk]
    try:
        save_sheet(by=person_of(request), sheet=sheet, values={"media": media}, revision=sheet.revision)
        remove_upload(by=person_of(request), upload=upload)
    except Conflict as error:
        messages.error(request, str(error.message))
    return redirect("upload_add", pk=sheet.pk)


def upload(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Serve a file to those who may read a text that shows it, as the type we found in it and as nothing else."""
    found = get_object_or_404(Upload.objects.select_related("sheet__network"), pk=pk)
    require(request.user, "practices.view_upload", found, see="practices.view_upload")
    is_shown = found.content_type.startswith(("image/", "audio/"))
    response = FileResponse(
        found.file.open(), content_type=found.content_type, filename=found.name, as_attachment=not is_shown
    )
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"  # a file never changes
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response._csp_exempt = True  # type: ignore[attr-defined] # noqa: SLF001 - this file has its own policy
    return response
