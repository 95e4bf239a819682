"""What is expected of a metric, and what happens when it is not met."""

from pydantic import Field

from core.values.base import Value


class Sla(Value):
    """A target; the thresholds are shares of it (0.9: below 90 % of the target)."""

    target: float
    warning_threshold: float | None = Field(default=None, ge=0)
    critical_threshold: float | None = Field(default=None, ge=0)
    alert_channel: str = ""
    escalation_owner: str = ""


class AnomalyDetection(Value):
    """How unusual values are noticed; `sensitivity` is the share by which a value may miss its forecast."""

    enabled: bool = True
    algorithm: str = "ensemble"
    sensitivity: float = Field(default=0.05, gt=0, le=1)
    baseline_period_days: int = Field(default=30, ge=1)


class Remediation(Value):
    """An action that is proposed when the condition holds; each action names what it needs."""

    condition: str
    action: str
    reason: str = ""
    dag_id: str = ""
    service: str = ""


class Intelligence(Value):
    """Targets, alarms and remedies of a metric."""

    sla: Sla | None = None
    anomaly_detection: AnomalyDetection | None = None
    auto_remediation: list[Remediation] = []
