"""The dossier of a scheme: what each step asks for, what was given, and the papers that the portal drafts."""
