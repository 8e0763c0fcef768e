"""Ready-made schemas, one module per dataset or domain; installed as `codeie.schemas`."""

if __name__ != "codeie.schemas":
    raise ImportError(
        f"import codeie.schemas, not {__name__}: this folder is installed inside the package"
    )
