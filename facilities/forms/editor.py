"""Everything that is typed about a facility on one page, saved together or not at all."""

from facilities.forms.conflict import merge, sign, snapshot
from facilities.forms.facility import FacilityForm
from facilities.forms.years import year_rows
from facilities.models import Facility
from khuyencong.forms import saving
from khuyencong.refusals import RefusedError

STALE = "Người khác vừa lưu cơ sở này. Bấm lưu lần nữa để xem họ sửa gì; những gì bạn gõ vẫn còn."


class FacilityEditor:
    """The facility's form and the rows of its years.

    `conflict` lists what somebody else saved since the page was opened; it is empty when nobody changed anything.
    """

    def __init__(self, facility, user, data=None):
        self.facility, self.user, self.conflict = facility, user, []
        self.version, self.base = facility.version, ""
        if facility.pk:
            data = self._against_saved(data)
        self.form, self.years = self._forms(data)

    def _forms(self, data=None):
        return FacilityForm(data, instance=self.facility, user=self.user), year_rows(self.facility, data)

    def _against_saved(self, data):
        """`data` with what somebody else saved meanwhile; `base` is what the page was opened with, signed."""
        if data is not None and data.get("version") == str(self.version):
            self.base = data.get("base", "")
            return data
        saved = self._forms()
        self.base = sign(snapshot(*saved))
        if data is not None:
            data, self.conflict = merge(data, *saved)
        return data

    def is_valid(self):
        """All that was typed can be saved; both parts are asked, so that every sentence is shown at once."""
        checked = [self.form.is_valid(), self.years.is_valid()]
        return all(checked) and not self.conflict

    def save(self):
        """True when saved; False when the database refused, with its sentence in the form."""
        is_new = self.facility.pk is None
        with saving(self.form):
            self._refuse_stale()
            self.form.save()
            self.years.save()
        if self.form.errors and is_new:
            self.facility.pk = None
        return not self.form.errors

    def _refuse_stale(self):
        if self.facility.pk is None:
            return
        row = Facility.objects.select_for_update(of=("self",)).only("version").get(pk=self.facility.pk)
        if row.version != self.version:
            raise RefusedError(STALE, "stale")
