from core.refusals import Refused


class NotAtThisStage(Refused):
    """The procedure table has no such move from the case's stage. The message is a sentence for the screen."""
