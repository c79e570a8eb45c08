"""Why a calendar year is not taken (R-609), one class a reason."""

from typing import ClassVar

from domain.rejections import NoSuchThing, Rejection


class CalendarLayerUnknown(NoSuchThing):
    code: ClassVar[str] = "calendar-layer-unknown"
    rule: ClassVar[str] = "R-615"
    title: ClassVar[str] = "没有这一层日历"
    remedy: ClassVar[str] = "目前只有全国日历（national），请改用全国日历。"


class CalendarYearNotPublished(NoSuchThing):
    code: ClassVar[str] = "calendar-year-not-published"
    rule: ClassVar[str] = "R-607"
    title: ClassVar[str] = "该年放假安排尚未发布，无从修订"
    remedy: ClassVar[str] = "请先发布该年放假安排。"


class CalendarYearAlreadyPublished(Rejection):
    code: ClassVar[str] = "calendar-year-already-published"
    rule: ClassVar[str] = "R-607"
    title: ClassVar[str] = "该年放假安排已发布，且内容不同"
    remedy: ClassVar[str] = "国务院办公厅另有通知的，请用修订并写明原因。"


class CalendarYearHasNoDaysOff(Rejection):
    code: ClassVar[str] = "calendar-year-has-no-days-off"
    rule: ClassVar[str] = "R-609"
    title: ClassVar[str] = "放假日期为空"
    remedy: ClassVar[str] = "请按通知逐日录入；通知未公布的年份不要录入。"


class CalendarYearHasNoNotice(Rejection):
    code: ClassVar[str] = "calendar-year-has-no-notice"
    rule: ClassVar[str] = "R-609"
    title: ClassVar[str] = "缺少通知文号或出处"
    remedy: ClassVar[str] = "请填写国务院办公厅通知的文号和网址。"


class CalendarDayOutsideYear(Rejection):
    code: ClassVar[str] = "calendar-day-outside-year"
    rule: ClassVar[str] = "R-608"
    title: ClassVar[str] = "日期不在该年，也不在上一年十二月"
    remedy: ClassVar[str] = "请核对日期的年份。"


class StatutoryDaysMissing(Rejection):
    code: ClassVar[str] = "calendar-statutory-days-missing"
    rule: ClassVar[str] = "R-609"
    title: ClassVar[str] = "放假天数少于法定节假日天数"
    remedy: ClassVar[str] = "请对照通知补齐漏录的放假日，或删去多录的上班日。"


class MakeupDayIsWeekday(Rejection):
    code: ClassVar[str] = "calendar-makeup-day-is-weekday"
    rule: ClassVar[str] = "R-609"
    title: ClassVar[str] = "调休上班日不是周六或周日"
    remedy: ClassVar[str] = "请核对调休上班日期。"


class DayIsOffAndMakeup(Rejection):
    code: ClassVar[str] = "calendar-day-is-off-and-makeup"
    rule: ClassVar[str] = "R-609"
    title: ClassVar[str] = "同一天既放假又上班"
    remedy: ClassVar[str] = "请对照通知保留其一。"


class MakeupDayTooFar(Rejection):
    code: ClassVar[str] = "calendar-makeup-day-too-far"
    rule: ClassVar[str] = "R-609"
    title: ClassVar[str] = "调休上班日距放假日超过三周"
    remedy: ClassVar[str] = "请核对调休上班日期的月份。"


class CalendarYearUnchecked(Rejection):
    code: ClassVar[str] = "calendar-year-unchecked"
    rule: ClassVar[str] = "R-606"
    title: ClassVar[str] = "录入人与核对人须为两人"
    remedy: ClassVar[str] = "请由另一人核对后再发布。"


class RevisionHasNoReason(Rejection):
    code: ClassVar[str] = "calendar-revision-has-no-reason"
    rule: ClassVar[str] = "R-607"
    title: ClassVar[str] = "修订缺少原因"
    remedy: ClassVar[str] = "请写明修订所依据的通知或更正的错误。"


class CalendarYearUnknown(Rejection):
    """The answer needs a year that no notice has been entered for (R-610)."""

    code: ClassVar[str] = "calendar-year-unknown"
    rule: ClassVar[str] = "R-610"
    title: ClassVar[str] = "该年放假安排尚未载入，不能推算"
    remedy: ClassVar[str] = "请日历管理员核对国务院办公厅通知后载入。"

    def __init__(self, *, year: int) -> None:
        super().__init__(year=year)
        self.year = year
