"""What a translator has to be better than: the source itself, and the nearest sentence of the training data."""

from __future__ import annotations

from collections.abc import Sequence

from core.text.corpora import Pair
from core.text.normalise import normalise


def copy(sources: Sequence[str]) -> list[str]:
    """Return the sources themselves."""
    return list(sources)


class Memory:
    """Answers with the translation of the training sentence that is nearest by TF–IDF of its words.

    scikit-learn's `TfidfVectorizer` as it comes (requirements-dev.txt), cosine; ties go to the first sentence.
    """

    def __init__(self, pairs: Sequence[Pair], direction: str) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # not needed by the app

        korean_first = direction == "ko-en"
        self._answers = [p.english if korean_first else p.korean for p in pairs]
        self._vectorizer = TfidfVectorizer()
        sides = [normalise(p.korean if korean_first else p.english) for p in pairs]
        self._matrix = self._vectorizer.fit_transform(sides).T.tocsc()

    def translate_all(self, sources: Sequence[str], batch: int = 64) -> list[str]:
        """Return the nearest pair's other side for each source."""
        found: list[str] = []
        for first in range(0, len(sources), batch):
            asked = self._vectorizer.transform([normalise(s) for s in sources[first : first + batch]])
            nearest = (asked @ self._matrix).toarray().argmax(axis=1)
            found += [self._answers[index] for index in nearest]
        return found
