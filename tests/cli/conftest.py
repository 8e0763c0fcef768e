"""What the tests of the command line have in common."""

# They replace `codeie.clients.resolve`. These parts import it by name, and one that was imported
# while it is replaced would keep the replacement for every later test of the process.
import codeie.evaluation
import codeie.extraction
import codeie.improvement  # noqa: F401
