"""Why no notice is sent, or none is read."""

from typing import ClassVar

from domain.rejections import NoSuchThing, NotPermitted, Rejection


class NoticeNotFound(NoSuchThing):
    code: ClassVar[str] = "notice-not-found"
    rule: ClassVar[str] = "R-401"
    title: ClassVar[str] = "没有这条通知"
    remedy: ClassVar[str] = "请回到收件箱，从列表中打开通知。"


class NoticeIsNotDue(Rejection):
    """The case is green, finished, or its date is not certain enough (R-408)."""

    code: ClassVar[str] = "notice-is-not-due"
    rule: ClassVar[str] = "R-403"
    title: ClassVar[str] = "该办件此刻没有需要告知的预警或超期"
    remedy: ClassVar[str] = "无需操作；到预警时点系统会自动告知。"


class RatingIsNotNegative(Rejection):
    code: ClassVar[str] = "rating-is-not-negative"
    rule: ClassVar[str] = "R-301"
    title: ClassVar[str] = "该办件没有差评"
    remedy: ClassVar[str] = "无需操作；只有不满意、非常不满意才告知办理单位。"


class NoticeIsForAnotherOffice(NotPermitted):
    code: ClassVar[str] = "notice-is-for-another-office"
    rule: ClassVar[str] = "R-904"
    title: ClassVar[str] = "该通知属于另一单位的收件箱"
    remedy: ClassVar[str] = "可以查看，但只有收件单位的人员能标记已读。"
