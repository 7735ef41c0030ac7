"""What schemes and bones are called in a language."""

from __future__ import annotations

from cstrain.causes.fishbone import Category
from cstrain.language import Language
from cstrain.library.words import words


def scheme_name(scheme: str, language: Language) -> str:
    """Return the name of a set of categories.

    >>> scheme_name("6P", "en")
    '6P of service'
    """
    return words("rca_words", language).get(f"scheme_{scheme}", scheme)


def bone_name(bone: Category, language: Language) -> str:
    """Return the name of a bone: the learner's own one first.

    >>> bone_name(Category("people"), "en"), bone_name(Category("b1", "Night shift"), "en")
    ('People', 'Night shift')
    """
    known = words("rca_words", language)
    own = bone.name.strip() or known.get(f"bone_{bone.id}", "")
    if own:
        return own
    return known["bone_unnamed"] if _made_up(bone.id) else bone.id


def _made_up(key: str) -> bool:
    """Say whether an id was numbered by the editor, so that it means nothing to people."""
    return key[:1].isalpha() and key[1:].isdigit()
