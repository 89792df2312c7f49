#!/usr/bin/env python
"""Run administrative tasks."""

import os
import sys

from django.core.management import execute_from_command_line

from khuyencong.embedded import EmbeddedError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuyencong.settings")
    try:
        execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))
