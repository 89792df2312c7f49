"""What reviewers said about the fields of a returned scheme, each with the box for its answer (giải trình)."""

from collections import defaultdict

from django import forms

from programmes.models import ReviewComment

GENERAL = "other"


class AnswerForm(forms.ModelForm):
    """The answer to one comment."""

    class Meta:
        model = ReviewComment
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 2, "placeholder": "Đã sửa, bổ sung thế nào…"})}

    def save_by(self, user):
        """Keep a changed answer, with who gave it."""
        if self.has_changed():
            self.instance.answered_by = user if self.cleaned_data["answer"] else None
            self.save()


class Answers:
    """The comments of the last sending, by the place that they are about (`programmes.reviewing.places`)."""

    def __init__(self, scheme, data=None):
        rows = scheme.comments.filter(submitted_at=scheme.submitted_at) if scheme.pk and scheme.submitted_at else ()
        self.forms = [AnswerForm(data, instance=row, prefix=f"comment-{row.pk}") for row in rows]

    def placed(self, places):
        """{place: [form]}; what is about no place of the page stands under `other`."""
        found = defaultdict(list)
        for form in self.forms:
            found[form.instance.field if form.instance.field in places else GENERAL].append(form)
        return dict(found)

    @property
    def unanswered(self):
        return [form.instance for form in self.forms if not form.instance.answer]

    def is_valid(self):
        checked = [form.is_valid() for form in self.forms]
        return all(checked)

    def save(self, user):
        for form in self.forms:
            form.save_by(user)
