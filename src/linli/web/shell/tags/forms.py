"""Fields, error summaries and filters."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms import widgets as w
from django.http import QueryDict
from django.template import Context

from linli.web.shell.addresses import address, params

register = template.Library()
PARTS = "shell/components/"


INPUTS = (w.Input, w.Textarea, w.Select)
CHOICES = (w.RadioSelect, w.CheckboxSelectMultiple)


@register.inclusion_tag(PARTS + "field.html")
def field(bound: BoundField, css: str = "", optional: bool = True) -> dict[str, Any]:
    """A form's field: label above, hint below it, the error beside: `{% field form.phone css="field-wide" %}`.

    The label, `help_text` and errors come from the form. `optional=False` leaves out the word "(optional)".
    """
    widget = bound.field.widget
    many = isinstance(widget, CHOICES)
    single = isinstance(widget, w.CheckboxInput)
    hint_id, error_id = f"{bound.auto_id}_helptext", f"{bound.auto_id}_error"
    described = [i for i, on in ((hint_id, bound.help_text), (error_id, bound.errors)) if on]
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if not many and not single:
        attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "many": many,
        "single": single,
        "css": css,
        "optional": optional and not bound.field.required and not single,
        "hint_id": hint_id,
        "error_id": error_id,
    }


@register.inclusion_tag(PARTS + "error_summary.html")
def error_summary(*forms: BaseForm, focus: bool = True) -> dict[str, Any]:
    """All that is wrong with one or more forms, each a link to its field; takes the focus; nothing when all is well."""
    rows: list[tuple[str, Any, Any]] = []
    for form in forms:
        rows += [("", "", error) for error in form.non_field_errors()]
        for bound in form:
            target = f"{bound.auto_id}_0" if isinstance(bound.field.widget, CHOICES) else bound.auto_id
            # one date in three boxes, or the same question for each dose: the form says which is meant
            label = getattr(form, "summary_labels", {}).get(bound.name, bound.label)
            rows += [(target, label, error) for error in bound.errors]
    return {"rows": rows, "focus": focus}


@register.inclusion_tag(PARTS + "filters.html", takes_context=True)
def filters(
    context: Context, form: BaseForm, label: str = "", keep: str = "sort", auto: bool = False, target: str = ""
) -> dict[str, Any]:
    """A GET form in one row, its values in the address: `{% filters form keep="sort,view" auto=True target="#list" %}`.

    `keep` names values of the address to carry over, `auto` sends on every change, `target` swaps only that part.
    """
    sent = params(context)
    kept = [(name, value) for name in keep.split(",") for value in sent.getlist(name) if name not in form.fields]
    used = any(sent.get(name) for name in form.fields)
    path = context["request"].path if "request" in context else ""
    clear = address(QueryDict(mutable=True), dict(kept))
    words = {"form": form, "label": label, "auto": auto, "target": target}
    return {**words, "kept": kept, "used": used, "clear": clear, "path": path}
