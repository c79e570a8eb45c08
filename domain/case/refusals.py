"""Why a case says no, each with the rule it rests on and what to do next."""

from typing import ClassVar

from domain.rejections import NoSuchThing, Rejection


class CaseNotFound(NoSuchThing):
    code: ClassVar[str] = "case-not-found"
    rule: ClassVar[str] = "R-504"
    title: ClassVar[str] = "没有这个办件"
    remedy: ClassVar[str] = "请核对办件编号。"


class CaseExists(Rejection):
    code: ClassVar[str] = "case-exists"
    rule: ClassVar[str] = "R-504"
    title: ClassVar[str] = "该编号已用于另一办件"
    remedy: ClassVar[str] = "请为新办件使用新的编号。"


class CaseIsImported(Rejection):
    code: ClassVar[str] = "case-is-imported"
    rule: ClassVar[str] = "A-14"
    title: ClassVar[str] = "该办件为外部日志导入的历史事实"
    remedy: ClassVar[str] = "历史办件只可查看，不可办理。"


class CaseIsNotImported(Rejection):
    code: ClassVar[str] = "case-is-not-imported"
    rule: ClassVar[str] = "A-14"
    title: ClassVar[str] = "该办件不是外部日志导入的办件"
    remedy: ClassVar[str] = "导入只能追加到同一外部日志的办件。"


class CaseIsFinished(Rejection):
    code: ClassVar[str] = "case-is-finished"
    rule: ClassVar[str] = "R-221"
    title: ClassVar[str] = "办件已办结、已撤回或不予受理"
    remedy: ClassVar[str] = "如仍需办理，请重新提出申请。"


class CaseIsAccepted(Rejection):
    code: ClassVar[str] = "case-is-accepted"
    rule: ClassVar[str] = "R-105"
    title: ClassVar[str] = "办件已受理"
    remedy: ClassVar[str] = "已受理的办件请作出准予或不予决定。"


class CaseIsNotAccepted(Rejection):
    code: ClassVar[str] = "case-is-not-accepted"
    rule: ClassVar[str] = "R-130"
    title: ClassVar[str] = "办件尚未受理"
    remedy: ClassVar[str] = "请先收齐材料并受理，再作出决定。"


class CaseIsNotDecided(Rejection):
    code: ClassVar[str] = "case-is-not-decided"
    rule: ClassVar[str] = "R-134"
    title: ClassVar[str] = "办件尚未作出决定"
    remedy: ClassVar[str] = "请先作出决定，再送达结果。"


class CaseIsDecided(Rejection):
    code: ClassVar[str] = "case-is-decided"
    rule: ClassVar[str] = "R-130"
    title: ClassVar[str] = "办件已作出决定"
    remedy: ClassVar[str] = "决定不可更改；当事人可申请行政复议或提起行政诉讼。"


class CaseIsNotFinished(Rejection):
    code: ClassVar[str] = "case-is-not-finished"
    rule: ClassVar[str] = "R-303"
    title: ClassVar[str] = "服务尚未结束，不能评价"
    remedy: ClassVar[str] = "请在办结后评价。"


class CaseIsRated(Rejection):
    """R-304: the first evaluation is never overwritten."""

    code: ClassVar[str] = "case-is-rated"
    rule: ClassVar[str] = "R-304"
    title: ClassVar[str] = "本次服务已评价"
    remedy: ClassVar[str] = "首次评价不可更改；差评整改后可追评一次。"


class RatingOptionIsNotOfLevel(Rejection):
    """R-307: options may not be added to locally."""

    code: ClassVar[str] = "rating-option-is-not-of-level"
    rule: ClassVar[str] = "R-307"
    title: ClassVar[str] = "评价选项不属于所选等级"
    remedy: ClassVar[str] = "请只选择该满意度等级下列出的选项。"


class OfficerIsNotOnPost(Rejection):
    code: ClassVar[str] = "officer-is-not-on-post"
    rule: ClassVar[str] = "R-226"
    title: ClassVar[str] = "工作人员不在该岗位的A/B岗上"
    remedy: ClassVar[str] = "请由该岗位的A岗或B岗人员办理。"


class OfficerIsNotResponsible(Rejection):
    code: ClassVar[str] = "officer-is-not-responsible"
    rule: ClassVar[str] = "R-226"
    title: ClassVar[str] = "办件由另一岗位人员负责"
    remedy: ClassVar[str] = "请先办理交接（注明原因），再继续办理。"


class ReasonIsMissing(Rejection):
    code: ClassVar[str] = "reason-is-missing"
    rule: ClassVar[str] = "R-227"
    title: ClassVar[str] = "没有说明原因"
    remedy: ClassVar[str] = "请填写交接、转办或撤回的原因。"


class RefusalReasonIsMissing(Rejection):
    code: ClassVar[str] = "refusal-reason-is-missing"
    rule: ClassVar[str] = "R-109"
    title: ClassVar[str] = "不予受理没有说明理由"
    remedy: ClassVar[str] = "请写明不受理或不予受理的具体理由。"


class CompetentOrganIsMissing(Rejection):
    code: ClassVar[str] = "competent-organ-is-missing"
    rule: ClassVar[str] = "R-105"
    title: ClassVar[str] = "没有告知应向哪个机关申请"
    remedy: ClassVar[str] = "请填写有权办理的机关名称和电话。"


class ReasonsAndRemediesAreMissing(Rejection):
    code: ClassVar[str] = "reasons-and-remedies-are-missing"
    rule: ClassVar[str] = "R-138"
    title: ClassVar[str] = "作出不予决定没有说明理由或救济途径"
    remedy: ClassVar[str] = "请写明理由，并告知行政复议或行政诉讼的权利。"


class DocumentIsMissing(Rejection):
    code: ClassVar[str] = "document-is-missing"
    rule: ClassVar[str] = "R-108"
    title: ClassVar[str] = "缺少文书编号或专用印章"
    remedy: ClassVar[str] = "请填写文书编号和印章编号。"


class MaterialIsNotOnList(Rejection):
    code: ClassVar[str] = "material-is-not-on-list"
    rule: ClassVar[str] = "R-114"
    title: ClassVar[str] = "材料不在公布的清单内"
    remedy: ClassVar[str] = "只能收取或要求办事指南列明的材料。"


class MaterialsAreMissing(Rejection):
    code: ClassVar[str] = "materials-are-missing"
    rule: ClassVar[str] = "R-105"
    title: ClassVar[str] = "必要材料尚未收齐"
    remedy: ClassVar[str] = "请一次性告知需补正的全部材料，收齐后受理。"


class NoticeIsIncomplete(Rejection):
    """R-110: one-time means one, and whole."""

    code: ClassVar[str] = "notice-is-incomplete"
    rule: ClassVar[str] = "R-110"
    title: ClassVar[str] = "一次性告知不完整"
    remedy: ClassVar[str] = "必须一次告知该事项版本的全部材料。"


class VillagePointCannotAccept(Rejection):
    code: ClassVar[str] = "village-point-cannot-accept"
    rule: ClassVar[str] = "R-117"
    title: ClassVar[str] = "村级代办点不能受理或决定"
    remedy: ClassVar[str] = "请转交乡镇民生服务中心受理；代办点只可代收、代办。"


class TransferLeavesTheLine(Rejection):
    code: ClassVar[str] = "transfer-leaves-the-line"
    rule: ClassVar[str] = "R-904"
    title: ClassVar[str] = "转办超出本机构上下级范围"
    remedy: ClassVar[str] = "只可转给上级、下级或本机构的岗位；跨区域须另行授权。"
