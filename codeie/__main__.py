"""`python -m codeie` is the command `codeie`."""

from codeie.cli import main

if __name__ == "__main__":
    main()
