"""What the events of a case are called on screens: the one table of such words."""

from dataclasses import dataclass

from domain.case import events as e
from infra.stored_names import NAMES


@dataclass(frozen=True, slots=True)
class Wording:
    """``heading`` on a timeline, ``happened`` in the ticker.

    ``kind`` colours the ticker: ``step``, ``finished`` or ``refused``.
    """

    heading: str
    happened: str
    kind: str = "step"


OF_TYPE: dict[type, Wording] = {
    e.CaseOpened: Wording("收件", "已收件"),
    e.FirstContactAssigned: Wording("首问负责", "确定首问责任人"),
    e.OneTimeNoticeGiven: Wording("一次性告知", "已一次性告知"),
    e.MaterialsReceived: Wording("收到材料", "收到材料"),
    e.CaseAccepted: Wording("受理", "已受理"),
    e.AcceptanceRefused: Wording("不予受理", "不予受理", "refused"),
    e.CaseHandedOver: Wording("AB岗交接", "AB岗交接"),
    e.CaseTransferred: Wording("转办", "已转办"),
    e.CaseDecided: Wording("办结", "已办结", "finished"),
    e.ResultDelivered: Wording("送达", "已送达", "finished"),
    e.CaseRated: Wording("群众评价", "收到评价"),
    e.CaseWithdrawn: Wording("撤回", "申请人撤回", "refused"),
    e.SourceCaseRecorded: Wording("源系统登记", "源系统登记"),
    e.SourceStepRecorded: Wording("源系统步骤", "源系统步骤"),
    e.SourceHandoverDerived: Wording("承办人变更", "承办人变更"),
    e.SourceCaseEnded: Wording("源系统办结", "源系统办结", "finished"),
}
WORDS = {NAMES[event]: wording for event, wording in OF_TYPE.items()}
# A later version of the program has written it.
UNKNOWN = Wording("未知事件", "未知事件")


def wording_of(event: object) -> Wording:
    return OF_TYPE.get(type(event), UNKNOWN)


def wording_named(stored_name: str) -> Wording:
    return WORDS.get(stored_name, UNKNOWN)


STAGES = {
    "open": "收件",
    "accepted": "受理",
    "decided": "办结",
    "delivered": "送达",
    "acceptance_refused": "不予受理",
    "withdrawn": "撤回",
    "source_ended": "源系统办结",
}
CHANNELS = {
    "window": "窗口",
    "online": "网上",
    "mobile": "移动端",
    "agency": "代办",
    "pc": "PC端",
    "qr_code": "二维码",
    "hall_tablet": "政务大厅平板电脑",
    "hall_other": "政务大厅其他终端",
    "phone": "电话",
    "sms": "短信",
}
REFUSALS = {
    "not_required": "依法不需要办理",
    "not_competent": "不属于本机关职权范围",
}
OUTCOMES = {"granted": "准予", "refused": "不予", **REFUSALS}
MODES = {"counter": "窗口领取", "post": "邮寄", "electronic": "电子送达"}
LEVELS = {
    "very_satisfied": "非常满意",
    "satisfied": "满意",
    "basically_satisfied": "基本满意",
    "dissatisfied": "不满意",
    "very_dissatisfied": "非常不满意",
}
SOURCE_STEPS = {
    "first_contact": "首问接待",
    "notified_once": "一次性告知",
    "material_checked": "材料核查",
    "acceptance_reviewed": "受理审查",
    "accepted": "受理",
    "acceptance_notified": "受理告知",
    "acceptance_refused": "不予受理",
    "consulted": "征求意见",
    "decided": "作出决定",
    "delivered": "送达",
    "rated": "群众评价",
    "withdrawn": "申请人撤回",
    "completed": "办结",
}
UNITS = {"workdays": "个工作日", "natural_days": "日"}
ROLES = {
    "clerk": "窗口人员",
    "administrator": "管理员",
    "supervisor": "监督人员",
    "inspector": "纪检监察",
    "evaluator": "评价渠道",
    "importer": "导入",
    "sentinel": "系统",
}
MARKS = {"imported": "导入", "derived": "推断"}
