//! Who must have agreed: a group's signers, and how many of them.

use thiserror::Error;

use crate::sys::ssh::{Signers, SignersError};

use super::NAMESPACE;
use super::ask::Ask;
use super::grant::{Grant, Statement};

/// What one policy wants of one group.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Quorum {
    group: String,
    signers: Signers,
    minimum: u64,
}

/// Why a group's signers cannot be used: then nobody can approve for it.
#[derive(Debug, Error)]
#[error("the {what} of the group `{}` cannot be used: number {number}: {err}", .group.escape_debug())]
pub struct QuorumError {
    /// The group.
    pub group: String,
    /// `signers` or `revoked`.
    pub what: &'static str,
    /// Which of them, from 1.
    pub number: usize,
    /// What is wrong with it.
    pub err: SignersError,
}

/// A grant that counts for a quorum, and whose it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Voter<'g> {
    /// The grant.
    pub grant: &'g Grant,
    /// Who signed it.
    pub names: Vec<String>,
}

impl Quorum {
    /// A group with its signers, without those that are revoked.
    ///
    /// # Errors
    /// If a line names no signer.
    pub fn new<'a>(
        group: &str,
        signers: impl IntoIterator<Item = &'a str>,
        revoked: impl IntoIterator<Item = &'a str>,
        minimum: u64,
    ) -> Result<Self, QuorumError> {
        let wrong = |what| {
            let group = group.to_owned();
            move |(number, err)| QuorumError { group, what, number, err }
        };
        let signers = Signers::read(signers).map_err(wrong("signers"))?;
        let signers = signers.without(revoked).map_err(wrong("revoked"))?;
        Ok(Self { group: group.to_owned(), signers, minimum: minimum.max(1) })
    }

    /// The group's name.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    /// Its signers.
    #[must_use]
    pub fn signers(&self) -> &Signers {
        &self.signers
    }

    /// How many of them must have agreed.
    #[must_use]
    pub fn minimum(&self) -> u64 {
        self.minimum
    }

    /// The grants that meet it, as many as it takes; none if they do not. A person counts once, whatever keys they
    /// have, and so does a key, whatever names it has; who asks does not count.
    #[must_use]
    pub fn met_by<'g>(
        &self,
        grants: &[&'g Grant],
        asked_by: Option<&Ask>,
        now: i64,
    ) -> Option<Vec<Voter<'g>>> {
        let mut voters: Vec<Voter<'g>> = Vec::new();
        for grant in grants {
            if voters.len() as u64 == self.minimum {
                break;
            }
            let message = grant.text().as_bytes();
            let Ok(signer) = self.signers.verify(grant.signature(), message, NAMESPACE, now) else {
                continue;
            };
            let is_asker =
                asked_by.is_some_and(|ask| signer.names().iter().any(|name| is_requester(ask, name)));
            let is_known = voters.iter().any(|voter| {
                voter.grant.signature().key() == grant.signature().key()
                    || voter.names.iter().any(|name| signer.names().contains(name))
            });
            if !is_asker && !is_known && grant.statement().counts_at(now) {
                voters.push(Voter { grant, names: signer.names().to_vec() });
            }
        }
        (voters.len() as u64 == self.minimum).then_some(voters)
    }
}

/// Whether a statement is an approval of this ask.
pub(super) fn is_for(statement: &Statement, digest: &str) -> bool {
    match statement {
        Statement::Approval { ask, .. } => ask == digest,
        Statement::Lift { .. } => false,
    }
}

fn is_requester(ask: &Ask, name: &str) -> bool {
    [&ask.agent, &ask.actor, &ask.session].into_iter().any(|label| label.eq_ignore_ascii_case(name))
}
