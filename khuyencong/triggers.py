"""Rules that no CHECK can hold, as PostgreSQL triggers declared beside the model they guard.

Each refuses with SQLSTATE 23514 (check_violation), its own constraint name and a Vietnamese sentence, so that
`khuyencong.refusals` can put the sentence beside the right field whatever door the data came through.
"""

import pgtrigger


def refuse(name, sentence, *arguments):
    """The plpgsql statement that refuses: `sentence` may hold `%s` for each of the SQL `arguments`."""
    quoted = sentence.replace("'", "''")
    message = f"format('{quoted}', {', '.join(arguments)})" if arguments else f"'{quoted}'"
    return f"RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', MESSAGE = {message};"


def before(name, operation, body, declare=None):
    """A row trigger that runs before `operation`; `body` is plpgsql without BEGIN, END and RETURN."""
    returned = "OLD" if operation == pgtrigger.Delete else "NEW"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        declare=declare,
        func=f"{body}\nRETURN {returned};",
    )


def at_commit(name, operation, body, declare=None):
    """A deferred constraint trigger: checks sums over rows once, when the transaction commits."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        declare=declare,
        func=f"{body}\nRETURN NULL;",
    )
