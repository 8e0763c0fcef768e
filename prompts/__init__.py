"""Versioned prompt templates, one per style; installed as `codeie.prompts`."""
