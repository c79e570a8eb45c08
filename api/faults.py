"""What HTTP itself refuses, before the desk is asked: one class a reason.

Like the domain's rejections each has a stable code, the fact and what to do next
in Chinese; unlike them each knows its status, for it is about HTTP.
"""

from typing import ClassVar

from starlette.exceptions import HTTPException

from domain.rejections import Fact


class Fault(HTTPException):
    """``facts`` never hold what the client sent in a body."""

    code: ClassVar[str]
    status: ClassVar[int]
    rule: ClassVar[str] = "DESIGN"
    title: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, headers: dict[str, str] | None = None, **facts: Fact) -> None:
        super().__init__(self.status, self.code, headers)
        self.facts = facts


class BodyIsMalformed(Fault):
    code, status = "malformed-json", 400
    title = "请求体不是合法的 JSON"
    remedy = "请以 UTF-8 编码发送 JSON（RFC 8259），嵌套不宜过深。"


class BodyIsInvalid(Fault):
    code, status = "invalid-body", 422
    title = "请求体不符合接口约定"
    remedy = "请按 errors 逐项更正后重新提交。"


class ParameterIsInvalid(Fault):
    code, status = "invalid-parameter", 422
    title = "地址或查询参数不符合接口约定"
    remedy = "请按 errors 逐项更正后重新请求。"


class KeyIsMissing(Fault):
    code, status = "idempotency-key-missing", 400
    title = "缺少 Idempotency-Key 请求头"
    remedy = "请为每个写操作附上唯一的 Idempotency-Key，重试时不变。"


class KeyIsMalformed(Fault):
    code, status = "idempotency-key-malformed", 400
    title = "Idempotency-Key 格式不正确"
    remedy = "请使用 1 至 200 个可见 ASCII 字符，且只出现一次。"


class IfMatchIsMalformed(Fault):
    code, status = "if-match-malformed", 400
    title = "If-Match 格式不正确"
    remedy = '请原样填写一个 ETag（如 "3"），或填 *；不接受弱标签 W/。'


class CursorIsMalformed(Fault):
    code, status = "cursor-malformed", 400
    title = "分页游标不正确"
    remedy = "请原样使用上一页返回的 next，且不要改动筛选条件。"


class NotSignedIn(Fault):
    code, status, rule = "not-signed-in", 401, "R-822"
    title = "尚未登录或登录信息无效"
    remedy = "请先登录（POST /api/v1/tokens），再附上 Authorization: Bearer 令牌。"


class TokenHasExpired(Fault):
    code, status, rule = "token-expired", 401, "R-822"
    title = "登录已过期"
    remedy = "请重新登录。"


class PasswordIsWrong(Fault):
    code, status, rule = "sign-in-refused", 401, "R-822"
    title = "账号或密码不正确"
    remedy = "请核对账号和密码，或联系管理员重置。"


class OfficeIsOutOfScope(Fault):
    code, status, rule = "office-out-of-scope", 403, "R-904"
    title = "该机构不在您的辖区范围内"
    remedy = "请由该机构或其上级机构的人员操作。"


class NoSuchRoute(Fault):
    code, status = "route-not-found", 404
    title = "没有这个地址"
    remedy = "接口清单见 /api/v1/openapi.json。"


class NoSuchProblem(Fault):
    code, status = "problem-not-found", 404
    title = "没有这个错误代码"
    remedy = "全部错误代码见 /problems。"


class PolicyIsNotPublished(Fault):
    code, status, rule = "warning-policy-not-published", 404, "R-403"
    title = "尚未公布预警规则"
    remedy = "请管理员先公布预警规则（POST /api/v1/warning-policies）。"


class MethodIsNotAllowed(Fault):
    code, status = "method-not-allowed", 405
    title = "该地址不支持此方法"
    remedy = "请改用响应头 Allow 列出的方法。"


class BodyIsTooLarge(Fault):
    code, status = "payload-too-large", 413
    title = "请求体过大"
    remedy = "请求体不得超过 256 KiB。"


class BodyIsNotJson(Fault):
    code, status = "unsupported-media-type", 415
    title = "请求体类型不是 JSON"
    remedy = "请将 Content-Type 设为 application/json。"


class RequestIsRefused(Fault):
    """Whatever else the server framework refuses, with the status it gave."""

    code, status = "request-refused", 400
    title = "请求无法处理"
    remedy = "请核对请求后重试；接口清单见 /api/v1/openapi.json。"


class SomethingFailed(Fault):
    code, status = "internal-error", 500
    title = "系统内部错误"
    remedy = "请用同一 Idempotency-Key 稍后重试；仍失败请向管理员提供 correlation_id。"


class StoreIsUnavailable(Fault):
    code, status = "store-unavailable", 503
    title = "数据库暂时无法使用"
    remedy = "没有答复不等于没有办成；请用同一 Idempotency-Key 稍后重试。"


FAULTS: dict[str, type[Fault]] = {kind.code: kind for kind in Fault.__subclasses__()}
