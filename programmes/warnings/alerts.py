"""What a warning is. Its key is made of its facts, so that a decision never hides figures that came later."""

import hashlib
import json
from dataclasses import dataclass, field

from django.db import models
from django.urls import reverse

from programmes.models.warnings import Kind


class Severity(models.IntegerChoices):
    """How much it matters; the highest first in every list."""

    LOOK = 1, "Cần xem"
    HIGH = 2, "Cần xử lý"
    GRAVE = 3, "Nghiêm trọng"


TONES = {Severity.LOOK: "", Severity.HIGH: "wait", Severity.GRAVE: "bad"}


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that a person should look at.

    `facts`: plain values that make the warning what it is; days that pass are not among them. `refs`: (label, name of an
    address, id) of the records it speaks of. `scheme` and `facility`: ids, None where it is about no single one.
    `provinces`: ids of the provinces whose records it speaks of, `province` the one that answers for it.
    """

    kind: Kind
    severity: Severity
    sentence: str
    facts: tuple
    province: int
    refs: tuple = ()
    scheme: int | None = None
    facility: int | None = None
    provinces: frozenset = field(default_factory=frozenset)
    order: int = 0

    @property
    def key(self):
        """The same for the same facts, another when one of them changes."""
        return hashlib.sha256(json.dumps([self.kind, *self.facts]).encode()).hexdigest()[:40]

    @property
    def tone(self):
        return TONES[self.severity]

    @property
    def severity_label(self):
        return self.severity.label

    @property
    def links(self):
        """(label, address) of the records it speaks of."""
        return [(label, reverse(name, args=[pk])) for label, name, pk in self.refs]

    @property
    def label(self):
        return self.kind.label


def scheme_ref(code, pk):
    return code, "programmes:scheme-detail", pk


def facility_ref(name, pk):
    return name, "facilities:facility-detail", pk
