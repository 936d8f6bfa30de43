//! Release governance records: is this release approved, and does nothing speak against it?
//!
//! Parity lets an approval stand above every signal. The default blocks an approval that a signal of integrity,
//! verification or delivery contradicts (D5), and takes detected drift for a signal (D9).

mod record;

use crate::contract::{Effect, Object, Request, RuleId, Severity};

use self::record::Record;
use super::deviations::Deviation;
use super::finding::Finding;

pub(super) fn parity(request: &Request) -> Finding {
    verify(request, judge_parity)
}

pub(super) fn release(request: &Request) -> Finding {
    verify(request, judge)
}

fn verify(request: &Request, judge: fn(&Record) -> Finding) -> Finding {
    let typed = request.release_governance.as_ref();
    let operation = match typed {
        Some(_) => request.requested_operation.as_str(),
        None => request.operation(),
    };
    let object = match typed {
        Some(typed) => typed.to_record(),
        None => request.record.clone(),
    };
    let Some(object) = object.filter(|object| !object.is_empty()) else {
        let target = first_of([request.target.as_str(), UNNAMED]);
        return missing().on(target, "verify");
    };
    place(&object, request, operation, judge)
}

fn place(object: &Object, request: &Request, operation: &str, judge: fn(&Record) -> Finding) -> Finding {
    let stated = record::text(object, "metadata_kind");
    let metadata_kind = stated.trim();
    let target = first_of([request.target.as_str(), metadata_kind, UNNAMED]);
    let kind = first_of([metadata_kind, target]);
    let finding =
        judge(&Record::new(object, kind, metadata_kind)).on(target, first_of([operation, "verify"]));
    match finding.effect {
        Effect::Allow => finding,
        Effect::AuditOnly
        | Effect::Warn
        | Effect::AllowWithAttestation
        | Effect::RequireApproval
        | Effect::Block => finding.approved_by(RELEASE_GOVERNANCE),
    }
}

fn judge_parity(record: &Record) -> Finding {
    let needs_approval = record.approvals_needed() || record.kind_needs_approval();
    match record.approval_state() {
        Some("approved") if record.approval_id().is_empty() => blocked(
            RuleId::ReleaseGovernanceApprovalMissing,
            "the record says approved, and names no approval",
        ),
        Some("approved") => allowed(RuleId::ReleaseGovernanceApprovalApproved, "the record is approved"),
        Some("pending") => {
            asked(RuleId::ReleaseGovernanceApprovalPending, Severity::High, "the approval is pending")
        }
        Some("denied" | "rejected" | "expired" | "cancelled" | "canceled") => {
            blocked(RuleId::ReleaseGovernanceApprovalDenied, "the approval was denied or has ended")
        }
        Some(_) => asked(
            RuleId::ReleaseGovernanceApprovalUnknown,
            Severity::Medium,
            "the approval is in a state that Cavra does not know",
        ),
        None if record.delivery_failed() => Finding {
            severity: Severity::High,
            ..blocked(RuleId::ReleaseGovernanceDeliveryFailed, "the delivery did not succeed")
        },
        None => match record.critical_signal() {
            Some(signal) => asked_for_signal(&signal),
            None if needs_approval && record.kind_executes() => blocked(
                RuleId::ReleaseGovernanceApprovalMissing,
                "an execution of this kind needs an approval, and there is none",
            ),
            None if needs_approval => asked(
                RuleId::ReleaseGovernanceApprovalRequired,
                Severity::High,
                "a record of this kind needs an approval",
            ),
            None if record.kind_is_known() => {
                allowed(RuleId::ReleaseGovernanceRecordVerified, "the record is of a known kind")
            }
            None => allowed(
                RuleId::ReleaseGovernanceApprovalNotRequired,
                "nothing says that the record needs an approval",
            ),
        },
    }
}

fn judge(record: &Record) -> Finding {
    let parity = judge_parity(record);
    match parity.rule {
        RuleId::ReleaseGovernanceApprovalApproved => match record.contradiction() {
            Some(signal) => blocked(
                RuleId::ReleaseGovernanceApprovalContradicted,
                "the record is approved, and a critical signal contradicts it",
            )
            .by_value::<()>(&signal, None)
            .because_of(Deviation::D5),
            None => parity,
        },
        _ if record.approval_state().is_none()
            && parity.effect <= Effect::RequireApproval
            && record.critical_signal().is_none()
            && record.drift_detected() =>
        {
            asked_for_signal("drift_status drift_detected").because_of(Deviation::D9)
        }
        _ => parity,
    }
}

fn missing() -> Finding {
    asked(RuleId::ReleaseGovernanceRecordMissing, Severity::Medium, "there is no record to verify")
        .approved_by(RELEASE_GOVERNANCE)
}

fn asked_for_signal(signal: &str) -> Finding {
    asked(RuleId::ReleaseGovernanceSignalCritical, Severity::High, "the record carries a critical signal")
        .by_value::<()>(signal, None)
}

fn asked(rule: RuleId, severity: Severity, reason: &str) -> Finding {
    Finding::new(Effect::RequireApproval, rule, severity, reason)
        .instead("have the release approved, and name the approval in the record")
}

fn blocked(rule: RuleId, reason: &str) -> Finding {
    Finding::new(Effect::Block, rule, Severity::Critical, reason)
        .instead("leave the release as it is until its record is in order")
}

fn allowed(rule: RuleId, reason: &str) -> Finding {
    Finding::new(Effect::Allow, rule, Severity::Low, reason)
}

/// The first text that is not empty, else the last.
fn first_of<const N: usize>(texts: [&str; N]) -> &str {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or("")
}

/// What a record without a kind is called.
const UNNAMED: &str = "release-governance-record";

/// Who approves releases, unless the policy names other groups.
const RELEASE_GOVERNANCE: &str = "Release Governance";
