"""The repository keeps its own rules."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
OURS = ("khuyencong", "facilities", "programmes", "fairs", "reports")
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
OUR_MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in OURS and not hasattr(model, "pgh_tracked_model") and not model._meta.auto_created
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def sources():
    """Our Python files."""
    for app in OURS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_what_a_row_is(model):
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_constraint_speaks_vietnamese(model):
    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if not VIETNAMESE.search(constraint.get_violation_error_message())
    ]

    assert silent == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_label_is_vietnamese_in_lower_case(model):
    ours = [
        field for field in model._meta.fields if field.editable and field.name not in {"id", "password", "last_login"}
    ]
    labels = [str(field.verbose_name) for field in ours]

    assert [label for label in labels if label[:1].isupper() and not label.startswith(("CN", "FDI"))] == []


def test_every_model_of_people_and_money_has_an_admin_page():
    parts = {
        "SchemeBeneficiary",
        "SchemeDocument",
        "SchemeResult",
        "FundingLine",
        "FacilityYear",
        "ClusterFigures",
        "ClusterProject",
        "VillageTrade",
        "ProvinceLineage",
        "UnitLineage",
        "GroupContent",
        "TargetFigure",
        "SchemeContent",
        "SchemeYear",
        "SchemeCoordinator",
        "AdjustmentLine",
        "AdjustmentBenefit",
        "AdjustmentChange",
    }  # shown on the page of their whole

    assert [m.__name__ for m in OUR_MODELS if m not in admin.site._registry and m.__name__ not in parts] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_template_compiles_and_keeps_the_content_policy(path):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)

    get_template(str(path.relative_to(ROOT / "templates")))
    assert not re.search(r'\sstyle="|\son[a-z]+="|<script(?![^>]*(nonce|application/json))', text)


def test_every_public_function_of_services_says_what_it_does():
    silent = []
    for path in sources():
        if path.name in {"services.py", "querysets.py", "sources.py"} or "services" in path.parts:
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                    silent.append(f"{path.name}:{node.name}")
    assert silent == []


def test_every_test_file_has_a_name_of_its_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []  # pytest could not collect them together


def test_no_machine_path_and_no_registry_host_is_committed():
    names = re.compile(rf"{re.escape(str(ROOT))}/|/(?:root|home/\w+)/|://\S*/(?:simple|packages)/")
    texts = [
        *sources(),
        *TEMPLATES,
        *ROOT.glob("requirements*.txt"),
        *ROOT.glob("*.toml"),
        ROOT / "Makefile",
        *ROOT.glob("*.md"),
    ]

    assert [str(path.relative_to(ROOT)) for path in texts if names.search(path.read_text())] == []


def test_locked_requirements_have_hashes_and_no_address():
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
