"""Words + place → Decision. The classifier is a port: a trained model may stand where the lexicon does now."""

from typing import Protocol

from suban.domain.city import City
from suban.domain.dispatching import Decision, Ranking, decide
from suban.domain.places import Located, Place, locate


class Classifier(Protocol):
    def classify(self, text: str, kind: str, theme: str | None) -> Ranking: ...

    def threshold(self, precision: float) -> float:
        """The confidence from which decisions are right as often as asked; above 1 if they never were."""
        ...

    def simplify(self, text: str) -> str:
        """Traditional → Simplified, so that place names are found whichever way they are written."""
        ...


def classify(
    classifier: Classifier, city: City, text: str, place: Place, kind: str, theme: str | None = None
) -> tuple[Located, Decision]:
    """Raises OutsideCity where code or point lie outside; filing refuses those, so here it means a corrupt case."""
    ranking = classifier.classify(text, kind, theme)
    plain = place._replace(address=classifier.simplify(place.address or ""))
    located = locate(plain, classifier.simplify(text), city.gazetteer)
    threshold = classifier.threshold(city.rules.limits.dispatch_threshold)
    return located, decide(ranking, located, kind, city.duty, threshold)
