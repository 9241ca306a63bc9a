"""The one home of the version; a test holds `widgets/package.json` to it."""

__version__ = "0.1.0"
