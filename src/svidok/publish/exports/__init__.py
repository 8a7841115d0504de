"""The chronicle in the formats of other tools: one small module a format, and the table of them all."""

from svidok.publish.exports.edition import Edition, Export
from svidok.publish.exports.table import FORMATS, Format, export

__all__ = ["FORMATS", "Edition", "Export", "Format", "export"]
