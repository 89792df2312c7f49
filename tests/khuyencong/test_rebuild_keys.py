"""Keys that an update() or another list of sources left behind are written anew."""

import pytest
from django.core.management import call_command

from facilities.models import Facility
from khuyencong.integrity import derived
from tests.factories import FacilityFactory, SchemeFactory

pytestmark = pytest.mark.django_db


def test_stale_keys_are_written_anew_and_the_second_time_there_are_none(capsys):
    facility, kept = FacilityFactory(name="Cơ sở cũ"), SchemeFactory(name="Đề án có khóa đúng")
    Facility.objects.filter(pk=facility.pk).update(name="Xưởng mộc Kim Bồng")

    call_command("rebuild_keys")
    call_command("rebuild_keys")

    facility.refresh_from_db()
    assert "xuong moc kim bong" in facility.search_key
    assert facility.name_key == "xưởng mộc kim bồng"
    assert capsys.readouterr().out.splitlines() == ["Đã dựng lại khóa của 1 hồ sơ.", "Đã dựng lại khóa của 0 hồ sơ."]
    assert list(derived.stale_keys()) == []
    assert kept.events.count() == 1
