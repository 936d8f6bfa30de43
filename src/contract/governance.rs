//! The typed form of a release governance record.
//!
//! Only what is set counts: an empty string, a zero, a `false` and an empty list are no statement, and a
//! record of nothing but these is no record.

use super::fields::object;
use super::json::{Json, Object};

object! {
    /// A release governance record with typed fields; the default of a type is no statement.
    pub struct ReleaseGovernance {
        /// The kind of the record.
        pub metadata_kind: String,
        /// Where its approval stands.
        pub approval_state: String,
        /// The approval it refers to.
        pub approval_id: String,
        /// How many approvals it needs.
        pub approval_required_count: i64,
        /// The alert level reported.
        pub alert_level: String,
        /// The drift reported.
        pub drift_status: String,
        /// Where the hand-off stands.
        pub handoff_status: String,
        /// What verification found.
        pub verification_status: String,
        /// What the integrity check found.
        pub integrity_status: String,
        /// Where the audit export stands.
        pub audit_export_status: String,
        /// The release channel.
        pub release_channel: String,
        /// Whether the delivery succeeded.
        pub delivery_success: bool,
        /// Endpoints blocked.
        pub blocked_count: i64,
        /// Critical findings.
        pub critical_count: i64,
        /// Limits breached.
        pub breached_count: i64,
        /// Deliveries failed.
        pub failed_delivery_count: i64,
        /// Connector deliveries failed.
        pub connector_delivery_failure_count: i64,
        /// Verifications failed.
        pub failed_verification_count: i64,
        /// Integrity checks failed.
        pub integrity_failure_count: i64,
        /// Targets missing.
        pub missing_target_count: i64,
        /// Endpoints drifted.
        pub drifted_endpoint_count: i64,
        /// References for a rollback.
        pub rollback_reference_count: i64,
        /// Providers that failed.
        pub failed_providers: Vec<String>,
        /// Evidence referred to.
        pub evidence_refs: Vec<String>,
    }
}

impl ReleaseGovernance {
    /// The record with what is stated, none if nothing is.
    #[must_use]
    pub fn to_record(&self) -> Option<Object> {
        let statements: [(&str, &dyn Statement); 24] = [
            ("metadata_kind", &self.metadata_kind),
            ("approval_state", &self.approval_state),
            ("approval_id", &self.approval_id),
            ("approval_required_count", &self.approval_required_count),
            ("alert_level", &self.alert_level),
            ("drift_status", &self.drift_status),
            ("handoff_status", &self.handoff_status),
            ("verification_status", &self.verification_status),
            ("integrity_status", &self.integrity_status),
            ("audit_export_status", &self.audit_export_status),
            ("release_channel", &self.release_channel),
            ("delivery_success", &self.delivery_success),
            ("blocked_count", &self.blocked_count),
            ("critical_count", &self.critical_count),
            ("breached_count", &self.breached_count),
            ("failed_delivery_count", &self.failed_delivery_count),
            ("connector_delivery_failure_count", &self.connector_delivery_failure_count),
            ("failed_verification_count", &self.failed_verification_count),
            ("integrity_failure_count", &self.integrity_failure_count),
            ("missing_target_count", &self.missing_target_count),
            ("drifted_endpoint_count", &self.drifted_endpoint_count),
            ("rollback_reference_count", &self.rollback_reference_count),
            ("failed_providers", &self.failed_providers),
            ("evidence_refs", &self.evidence_refs),
        ];
        let mut record = Object::default();
        for (name, value) in statements {
            if let Some(statement) = value.statement() {
                record.set(name, statement);
            }
        }
        (!record.is_empty()).then_some(record)
    }
}

/// A value as a record states it, none where it says nothing.
trait Statement {
    fn statement(&self) -> Option<Json>;
}

impl Statement for String {
    fn statement(&self) -> Option<Json> {
        (!self.is_empty()).then(|| Json::String(self.clone()))
    }
}

impl Statement for i64 {
    #[expect(clippy::cast_precision_loss, reason = "the contract's numbers are doubles (RFC 8785)")]
    fn statement(&self) -> Option<Json> {
        (*self != 0).then_some(Json::Number(*self as f64))
    }
}

impl Statement for bool {
    fn statement(&self) -> Option<Json> {
        self.then_some(Json::Bool(true))
    }
}

impl Statement for Vec<String> {
    fn statement(&self) -> Option<Json> {
        (!self.is_empty()).then(|| Json::Array(self.iter().cloned().map(Json::String).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_that_is_set_becomes_a_member_of_the_record() {
        let members = ReleaseGovernance::FIELDS.iter().map(|name| {
            let value = match *name {
                "delivery_success" => "true",
                "failed_providers" | "evidence_refs" => r#"["x"]"#,
                count if count.ends_with("_count") => "1",
                _ => r#""x""#,
            };
            format!("\"{name}\":{value}")
        });
        let text = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
        let typed: ReleaseGovernance = serde_json::from_str(&text).expect("typed fields");
        let record = typed.to_record().expect("a record");
        assert_eq!(record.iter().map(|(name, _)| name).collect::<Vec<_>>(), ReleaseGovernance::FIELDS);
        assert_eq!(ReleaseGovernance::default().to_record(), None);
    }
}
