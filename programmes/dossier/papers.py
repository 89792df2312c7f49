"""Papers drafted from Word templates.

A template is a .docx with fields such as `{{ de_an.ten }}`; `paper_fields.about` gives every field that there is. Templates
are written by people, so they run in a sandbox, see plain text only and are escaped.
"""

import re
from io import BytesIO

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from lxml.etree import XMLSyntaxError

from khuyencong.refusals import RefusedError
from programmes.dossier import packages
from programmes.dossier.kinds import BY_ENDING
from programmes.dossier.paper_sample import sample_of

DOCX = BY_ENDING["docx"].content_type
UNKNOWN = "Mẫu “{}” dùng một trường không có trong danh mục: {}. Sửa tên trường trong tệp Word rồi tải lên mẫu mới."
BAD_SYNTAX = "Mẫu “{}” viết sai cú pháp trường ({}). Sửa trong tệp Word rồi tải lên mẫu mới."
FORBIDDEN = "Mẫu “{}” có lệnh không được phép. Chỉ dùng các trường trong danh mục."
UNREADABLE = "Mẫu “{}” không mở được: tệp không phải Word (.docx) hoặc đã hỏng."


FILTERS = ("default", "join", "length", "lower", "upper")
PLAIN = (str, bytes, int, float)  # their methods could blow a text up


class Environment(ImmutableSandboxedEnvironment):
    """Plain text in, escaped text out; an unknown field is an error, and nothing blows a text up."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options):
        super().__init__(**options)
        self.filters = {name: self.filters[name] for name in FILTERS}
        del self.globals["lipsum"]

    def is_safe_attribute(self, obj, attr, value):
        return not isinstance(obj, PLAIN) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value):
        """`format` is a method of a text like any other: not safe."""

    def call_binop(self, context, operator, left, right):
        raise SecurityError(operator)


def check(content, name, kind=""):
    """Refuse a template (bytes) that is no plain Word file or that the sample of its kind does not fill."""
    try:
        packages.check(BytesIO(content), BY_ENDING["docx"].part)
    except RefusedError as error:
        raise RefusedError(f"{name}: {error.refusal.sentence}", "paper_template_file") from error
    _fill(content, sample_of(kind), name)


def fill(template, fields) -> BytesIO:
    """The paper as a .docx; RefusedError with a sentence when the template cannot be filled in."""
    return _fill(bytes(template.content), fields, template.name)


def _fill(content, fields, name):
    environment = Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    try:
        paper = DocxTemplate(BytesIO(content))
        paper.render(fields, environment, autoescape=True)
        filled = BytesIO()
        paper.save(filled)
    except jinja2.UndefinedError as error:
        raise RefusedError(UNKNOWN.format(name, _named(error)), "paper_template_field") from error
    except jinja2.TemplateSyntaxError as error:
        raise RefusedError(BAD_SYNTAX.format(name, error.message), "paper_template_syntax") from error
    except (jinja2.TemplateError, ArithmeticError, MemoryError, RecursionError) as error:
        raise RefusedError(FORBIDDEN.format(name), "paper_template_forbidden") from error
    except (PackageNotFoundError, XMLSyntaxError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise RefusedError(UNREADABLE.format(name), "paper_template_file") from error
    filled.seek(0)
    return filled


def _named(error):
    """'de_an.tenn' of "'dict object' has no attribute 'tenn'"."""
    found = re.findall(r"'([^']+)'", str(error))
    return found[-1] if found else str(error)
