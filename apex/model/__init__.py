"""The semantic model: entities, what their columns are for, and how they hang together."""

from apex.model.attributes import Attribute, Role
from apex.model.entities import Entity
from apex.model.families import Family, family_of
from apex.model.model import Model
from apex.model.notes import Named
from apex.model.paths import Path
from apex.model.relations import Edge

__all__ = ["Attribute", "Edge", "Entity", "Family", "Model", "Named", "Path", "Role", "family_of"]
