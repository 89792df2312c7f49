"""Many small changes to tables as one step of a migration.

Django renders every model anew after each operation of a migration; with a history table and triggers beside each model
that is most of the time that a new database takes. A batch renders once.
"""

from django.db.migrations.operations.base import Operation


class Batch(Operation):
    """Operations that add to or take from models that exist already: fields, constraints, indexes, triggers.

    No CreateModel and no RunPython among them: each operation sees the models as they are after the whole batch.
    """

    def __init__(self, operations):
        self.operations = operations

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label, state):
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} changes in one step"
