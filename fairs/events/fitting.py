"""Fields that belong to one answer of another field: where an event was held, what became of a memorandum."""


class FittingMixin:
    """A form in which `chooser` decides which fields count; what was typed into the others is left out.

    `fitting` maps each value of `chooser` to its fields. The page shows all of them without a script; a style sheet that
    knows `:has` hides those that do not fit.
    """

    chooser = ""
    fitting: dict[str, tuple[str, ...]] = {}

    def clean(self):
        cleaned = super().clean()
        fits = self.fitting.get(cleaned.get(self.chooser), ())
        for name in {name for names in self.fitting.values() for name in names} - {*fits}:
            self._errors.pop(name, None)
            cleaned[name] = self.fields[name].empty_value if hasattr(self.fields[name], "empty_value") else None
        return cleaned
