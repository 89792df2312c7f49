"""The funnel: nothing gets out of a level that did not come in, and every dossier says where it comes from."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from khuyencong.funnel import Dossier, LevelName, explanations, funnel

LEVELS = (
    LevelName("province", "Cấp tỉnh", 2),
    LevelName("district", "Cấp huyện", 1),
    LevelName("region", "Cấp khu vực", 3),
)
NUMBER = {level.code: level.rank for level in LEVELS}


@st.composite
def ladders(draw):
    """Dossiers as the law allows them: certified ones are recognised, and a higher one rests on a lower or on none."""
    made = []
    for code in ("district", "province", "region"):
        below = [one.certificate for one in made if NUMBER[one.level] == NUMBER[code] - 1 and one.certificate]
        for _ in range(draw(st.integers(0, 6))):
            is_recognised = draw(st.booleans())
            has_paper = is_recognised and draw(st.booleans())
            outside = [None, -draw(st.integers(1, 99))] if code != "district" else [None]
            number = len(made) + 1
            rests_on = draw(st.sampled_from([*outside, *below]))
            made.append(Dossier(number, code, number, number, is_recognised, number if has_paper else None, rests_on))
    return made


@given(ladders())
def test_each_level_narrows_from_registered_to_promoted(dossiers):
    for step in funnel(LEVELS, dossiers):
        assert step.registered >= step.recognised >= step.certified >= step.promoted >= 0


@given(ladders())
def test_every_dossier_comes_from_within_from_elsewhere_or_skipped(dossiers):
    steps = funnel(LEVELS, dossiers)
    assert sum(step.registered for step in steps) == len(dossiers)
    for step in steps:
        assert step.registered == step.within + step.skipped + step.elsewhere


@given(ladders())
def test_a_level_that_is_wider_than_the_one_below_is_explained(dossiers):
    steps = funnel(LEVELS, dossiers)
    told = explanations(steps)
    for below, above in pairwise(steps):
        sentence = f"{above.level.name} có nhiều sản phẩm được cấp giấy ({above.certified})"
        assert any(one.startswith(sentence) for one in told) == (above.certified > below.certified)
        assert any(one.startswith(f"{above.level.name}: {above.registered} hồ sơ") for one in told)


@given(ladders())
def test_without_skips_and_other_cycles_certificates_only_become_fewer(dossiers):
    known = {one.certificate for one in dossiers} - {None}
    climbing = [one for one in dossiers if one.level == "district" or one.rests_on in known]
    once = {one.rests_on or -one.id - 1000: one for one in climbing}.values()  # a certificate leads to one dossier
    steps = funnel(LEVELS, once)
    if [step.level.rank for step in steps] == [1, 2, 3][: len(steps)]:
        certified = [step.certified for step in steps]
        within = [step.registered == step.within for step in steps[1:]]
        assert not all(within) or certified == sorted(certified, reverse=True)


def test_levels_stand_from_below_and_those_without_dossiers_are_left_out():
    dossiers = [Dossier(1, "region", 1, 1), Dossier(2, "district", 2, 2, True, 2)]
    assert [step.level.code for step in funnel(LEVELS, dossiers)] == ["district", "region"]
    assert funnel(LEVELS, []) == ()
    assert explanations(()) == ()


def test_the_sentence_names_certificates_of_another_year():
    steps = funnel(LEVELS, [Dossier(1, "province", 1, 1), Dossier(2, "region", 1, 1, True, 7, rests_on=3)])
    assert explanations(steps) == (
        "Cấp khu vực: 1 hồ sơ, trong đó 1 dựa vào giấy chứng nhận của đợt hoặc năm khác.",
        "Cấp khu vực có nhiều sản phẩm được cấp giấy (1) hơn cấp tỉnh (0): xem hồ sơ đến từ đâu ở trên.",
    )
