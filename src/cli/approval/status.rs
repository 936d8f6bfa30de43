//! What `cavra status` says of approvals: what waits, what is lifted, and how well the signers' keys are kept.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::approval::{Store, local};
use crate::cli::output::{Paint, Style, escaped, plural};
use crate::contract::Severity;
use crate::evidence;
use crate::gate::{self, BREAK_GLASS_GROUP};
use crate::intercept::repository;
use crate::policy::CompiledPolicy;
use crate::sys::dirs::Places;
use crate::sys::{clock, ssh};

/// How approvals stand here.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Approvals {
    waiting: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifted: Option<Lifted>,
    signers: usize,
    /// Private keys of signers with which any program of this user's can sign.
    unprotected: Vec<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct Lifted {
    by: Vec<String>,
    reason: String,
    until: String,
    id: String,
}

impl Approvals {
    pub(crate) fn observe(places: &Places, cwd: &Path) -> Self {
        let store = Store::new(&places.state);
        let mut approvals = Self::default();
        match store.pending() {
            Ok(pending) => approvals.waiting = pending.len(),
            Err(error) => approvals.error = Some(error.to_string()),
        }
        // A policy that cannot be used is told where the policies are.
        let Ok(policies) = super::policies(places, cwd) else { return approvals };
        let found = ssh::find(&places.home);
        let groups = policies.iter().flat_map(|policy| &policy.approvals.groups);
        let mut names: Vec<String> =
            groups.filter(|group| !group.signers.is_empty()).map(|group| group.name.clone()).collect();
        names.sort();
        names.dedup();
        match gate::quorums(&policies, &names) {
            Ok(quorums) => {
                for signer in quorums.iter().flat_map(|quorum| quorum.signers().iter()) {
                    approvals.signers += 1;
                    let at_hand = found.iter().find(|found| found.key == *signer.key());
                    let private =
                        at_hand.and_then(|found| found.file.as_ref()).map(|file| file.with_extension(""));
                    if let Some(private) = private.filter(|file| ssh::is_unprotected(file) == Some(true))
                        && !signer.key().is_on_a_token()
                        && !approvals.unprotected.contains(&private)
                    {
                        approvals.unprotected.push(private);
                    }
                }
            }
            Err(reason) if !names.is_empty() => approvals.error = Some(reason),
            Err(_) => {}
        }
        approvals.lifted = lifted(&store, &policies, cwd, &places.evidence());
        approvals
    }

    /// Lines for what there is to say, each with its newline.
    pub(crate) fn text(&self, paint: Paint) -> String {
        let mut text = String::new();
        if let Some(Lifted { by, reason, until, id }) = &self.lifted {
            let loud = paint.paint(Style::Bad, "LIFTED");
            text.push_str(&format!(
                "{loud}: until {until}, what would be stopped goes through: {} ({}, {})\n",
                escaped(reason),
                escaped(&by.join(", ")),
                escaped(id)
            ));
        }
        if self.waiting > 0 {
            let count = plural(self.waiting as u64, "action");
            text.push_str(&format!("approvals: {count} waiting, `cavra approvals` lists them\n"));
        }
        for file in &self.unprotected {
            let doubt = paint.paint(Style::Doubt, "unprotected");
            let file = escaped(&file.display().to_string());
            text.push_str(&format!(
                "approvals: {doubt}: {file} has no passphrase, so whatever runs as you can approve with it\n"
            ));
        }
        if let Some(error) = &self.error {
            text.push_str(&format!(
                "approvals: {}: {}\n",
                paint.paint(Style::Bad, "unusable"),
                escaped(error)
            ));
        }
        text
    }
}

fn lifted(store: &Store, policies: &[CompiledPolicy], cwd: &Path, log: &Path) -> Option<Lifted> {
    if !gate::has_signers(policies) {
        let here = repository::top_of(cwd).map(|top| top.to_string_lossy().into_owned()).unwrap_or_default();
        let (granted, answer) = local::lifted(store.folder(), "", &here, Severity::Low)?;
        let until = clock::told(answer.until).unwrap_or_default();
        return Some(Lifted { by: granted.by, reason: answer.reason, until, id: granted.id });
    }
    let quorums = gate::quorums(policies, &[BREAK_GLASS_GROUP.to_owned()]).ok()?;
    let counts = |grant: &str| evidence::uses_of(log, grant, grant).is_ok_and(|uses| uses < u64::MAX);
    let (granted, reason, until) = store.lifted(quorums.first()?, &|_| true, &counts).ok()??;
    Some(Lifted { by: granted.by, reason, until: clock::told(until).unwrap_or_default(), id: granted.id })
}
