"""What a row of a foreign log may stand for. Nothing is invented: no word, no step."""

from enum import StrEnum


class SourceStep(StrEnum):
    """Steps a mapping may name; an activity it does not name stays neutral.

    ``first_contact`` somebody took the matter in; ``notified_once`` the applicant
    was told what is missing; ``material_checked`` materials were looked at;
    ``acceptance_reviewed`` acceptance was prepared, reviewed or reworked;
    ``accepted`` acceptance was decided; ``acceptance_notified`` the applicant was
    told so; ``acceptance_refused`` the opposite; ``consulted`` another body was
    asked; ``decided`` the matter was decided; ``delivered`` the decision reached
    the applicant; ``rated`` the applicant rated; ``withdrawn`` he took it back;
    ``completed`` the case was closed.
    """

    FIRST_CONTACT = "first_contact"
    NOTIFIED_ONCE = "notified_once"
    MATERIAL_CHECKED = "material_checked"
    ACCEPTANCE_REVIEWED = "acceptance_reviewed"
    ACCEPTED = "accepted"
    ACCEPTANCE_NOTIFIED = "acceptance_notified"
    ACCEPTANCE_REFUSED = "acceptance_refused"
    CONSULTED = "consulted"
    DECIDED = "decided"
    DELIVERED = "delivered"
    RATED = "rated"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
