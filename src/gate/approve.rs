//! Where a person's answer is brought in: what would be asked about or stopped goes through, if it is the very thing
//! that was approved, or a lift is in force; else it is noted as waiting.
//!
//! Only what a seam acts on comes here. An answer never reaches what Cavra could not read, what no policy could judge,
//! and what would take Cavra itself out of the way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::approval::{self, Ask, Granted, Part, Quorum, Scope, Standing, Store, local};
use crate::contract::{Decision, Effect, Opinion, Request, RuleId, Severity};
use crate::evidence;
use crate::intercept::{Intercepted, Seam};
use crate::policy::{Approvals, CompiledPolicy};
use crate::sys::digest::{Sha256Sum, sha256};
use crate::sys::dirs::Places;
use crate::sys::{clock, environment, files, notify};

use super::combine::MOST_PARTS;
use super::mode::BreakGlass;

/// The group whose signers may lift.
pub const BREAK_GLASS_GROUP: &str = "Break Glass";

/// How files of code end.
const CODE: [&str; 29] = [
    "awk", "bash", "bat", "cjs", "class", "exe", "fish", "go", "groovy", "jar", "jl", "js", "jsx", "lua",
    "mjs", "mk", "php", "pl", "ps1", "py", "r", "rb", "rs", "sed", "sh", "sql", "tf", "ts", "zsh",
];

/// The most files of code that an ask names.
const MOST_FILES: usize = 100;

/// The largest file of code that is read, in bytes.
const MOST_CODE: u64 = 16 << 20;

/// What is gathered of an event while it is judged.
pub(super) struct Facts {
    seam: Seam,
    subject: Request,
    sum: Sha256Sum,
    /// Where it happens, as the subject or the first request that knows has it.
    cwd: String,
    repository: String,
    /// The folders with project policies that it touches.
    roots: Vec<PathBuf>,
    /// The files of code that its commands name. They are read only where somebody is asked.
    code: BTreeSet<PathBuf>,
    /// Whether its requests are of several repositories.
    reaches_out: bool,
}

/// What became of an opinion.
pub(super) struct Settled {
    pub(super) opinion: Opinion,
    pub(super) approval: Option<evidence::ApprovalRef>,
    pub(super) attestation: Option<BreakGlass>,
}

impl Settled {
    fn plain(opinion: Opinion) -> Self {
        Self { opinion, approval: None, attestation: None }
    }
}

impl Facts {
    pub(super) fn of(event: &Intercepted) -> Self {
        let mut facts = Self {
            seam: event.seam(),
            subject: event.subject().clone(),
            sum: Sha256Sum::default(),
            cwd: String::new(),
            repository: String::new(),
            roots: event.project_roots().to_vec(),
            code: BTreeSet::new(),
            reaches_out: false,
        };
        facts.place(event.subject());
        facts
    }

    fn place(&mut self, request: &Request) {
        let Some(context) = &request.context else { return };
        if self.cwd.is_empty() {
            self.cwd.clone_from(&context.cwd);
        }
        if self.repository.is_empty() {
            self.repository.clone_from(&context.repo);
        } else if !context.repo.is_empty() && context.repo != self.repository {
            self.reaches_out = true;
        }
    }

    /// Takes in one request, with everything that is known of it.
    pub(super) fn note(&mut self, request: &Request) {
        // A request that cannot be written as JSON is an empty line, which no other request is.
        self.sum.update(&serde_json::to_vec(request).unwrap_or_default());
        self.sum.update(b"\n");
        self.place(request);
        self.note_code(request);
    }

    /// What a program of another language's would run is in its file, which is not read here: an approval is for the file as
    /// it is.
    fn note_code(&mut self, request: &Request) {
        let Some(context) = &request.context else { return };
        let all = std::iter::once(&context.argv).chain(context.runs.iter().map(|run| &run.argv));
        for (place, word) in all.flat_map(|argv| argv.iter().enumerate()) {
            let is_code = place == 0 && word.contains('/')
                || Path::new(word)
                    .extension()
                    .and_then(|end| end.to_str())
                    .is_some_and(|end| CODE.contains(&end.to_ascii_lowercase().as_str()));
            if is_code && self.code.len() < MOST_FILES {
                self.code.insert(Path::new(&context.cwd).join(word));
            }
        }
    }

    /// The repository that a pause of it covers this in: none, where it reaches into another project.
    fn repository(&self) -> &str {
        let is_outside = |root: &PathBuf| !root.starts_with(&self.repository);
        if self.reaches_out || self.roots.iter().any(is_outside) { "" } else { &self.repository }
    }

    fn into_ask(self, machine: String, opinion: &Opinion, policies: &[CompiledPolicy]) -> Ask {
        let (session, agent, actor) = self.subject.caller();
        let (session, agent, actor) = (session.to_owned(), agent.to_owned(), actor.to_owned());
        let Request { action_type, target, context, .. } = &self.subject;
        let context = context.clone().unwrap_or_default();
        Ask {
            machine,
            seam: self.seam.as_str().to_owned(),
            agent,
            session,
            actor,
            cwd: self.cwd,
            repository: self.repository,
            action: action_type.clone(),
            target: target.clone(),
            operation: self.subject.operation().to_owned(),
            argv: context.argv,
            parts: stopped(opinion).map(part).collect(),
            requests: opinion.requests_total,
            unresolved: opinion
                .unresolved
                .iter()
                .map(|what| format!("{} {}", what.text, what.cause))
                .collect(),
            policies: policies.iter().map(CompiledPolicy::digest).collect(),
            groups: groups(opinion, policies),
            severity: gravest(opinion),
            requests_sha256: self.sum.finish(),
            search_path: environment::variable("PATH")
                .map_or_else(String::new, |path| path.to_string_lossy().into_owned()),
            files: self.code.iter().map(|path| with_digest(path)).collect(),
        }
    }
}

/// Brings in what persons answered.
pub(super) fn settle(
    facts: Facts,
    opinion: Opinion,
    policies: &[CompiledPolicy],
    places: &Places,
) -> Settled {
    // Whoever only asks uses up nothing, and keeps nobody waiting.
    if opinion.decision.decision.runs() || facts.seam == Seam::Cli || policies.is_empty() {
        return Settled::plain(opinion);
    }
    let store = Store::new(&places.state);
    if let Some(settled) = lifted(&store, &facts, &opinion, policies, &places.evidence()) {
        return settled;
    }
    if opinion.decision.decision != Effect::RequireApproval || stopped(&opinion).any(is_beyond_persons) {
        return Settled::plain(opinion);
    }
    asked(&store, facts, opinion, policies, &places.evidence())
}

fn asked(
    store: &Store,
    facts: Facts,
    opinion: Opinion,
    policies: &[CompiledPolicy],
    evidence: &Path,
) -> Settled {
    if opinion.parts.len() >= MOST_PARTS {
        return unanswerable(opinion, "there is more to it than a person could be shown");
    }
    let machine = match store.machine() {
        Ok(machine) => machine,
        Err(error) => return unanswerable(opinion, &error.to_string()),
    };
    let ask = facts.into_ask(machine, &opinion, policies);
    let is_signed = has_signers(policies);
    let quorums = match quorums(policies, &ask.groups) {
        Ok(quorums) => quorums,
        Err(reason) if is_signed => return unanswerable(opinion, &reason),
        Err(_) => Vec::new(),
    };
    let id = ask.id();
    let recorded = |grant: &str| evidence::uses_of(evidence, grant, &id).unwrap_or(u64::MAX);
    match store.settle(&ask, &quorums, &recorded) {
        Ok(Standing::Granted(granted)) => approved(opinion, &ask, granted),
        Ok(Standing::Denied(denial)) => {
            let mut settled = unanswerable(opinion, &format!("{} denied it: {}", denial.by, denial.reason));
            settled.opinion.decision.alternative =
                Some(format!("do something else: {} denied it: {}", denial.by, denial.reason));
            settled
        }
        Ok(Standing::Open) => match (!is_signed).then(|| local::approved(store.folder(), &ask)).flatten() {
            Some(granted) => approved(opinion, &ask, granted),
            None => waiting(store, opinion, &ask, policies, is_signed),
        },
        Err(error) => unanswerable(opinion, &error.to_string()),
    }
}

fn approved(mut opinion: Opinion, ask: &Ask, granted: Granted) -> Settled {
    let decision = &mut opinion.decision;
    decision.base_decision.get_or_insert(decision.decision);
    decision.decision = Effect::Allow;
    decision.rule_id = RuleId::ApprovalGranted;
    let how = if granted.is_local { "local, " } else { "" };
    decision.reason = format!("approved ({how}{}) by {}", granted.id, granted.by.join(", "));
    decision.alternative = None;
    let approval = evidence::ApprovalRef {
        id: granted.id,
        digest: ask.digest(),
        state: if granted.is_local { "local" } else { "signed" },
        by: granted.by,
        grants: granted.grants,
    };
    Settled { opinion, approval: Some(approval), attestation: None }
}

fn waiting(
    store: &Store,
    mut opinion: Opinion,
    ask: &Ask,
    policies: &[CompiledPolicy],
    is_signed: bool,
) -> Settled {
    let until = clock::now_seconds().saturating_add(longest(policies));
    if !is_signed && ask.severity > local::GRAVEST {
        return unanswerable(
            opinion,
            "it is too grave for an answer on a terminal, and the policy names no signers (`approvals.groups`)",
        );
    }
    let is_new = match store.register(ask, until) {
        Ok(is_new) => is_new,
        Err(error) => return unanswerable(opinion, &error.to_string()),
    };
    let (id, who) = (ask.id(), ask.groups.join(" and "));
    let who = if who.is_empty() { "a person".to_owned() } else { format!("a person ({who})") };
    opinion.decision.alternative =
        Some(format!("have {who} approve it, `cavra approve {id}`, and do the very same again"));
    let is_told =
        |policy: &CompiledPolicy| policy.approvals.notify.as_ref().is_some_and(|placed| placed.value);
    if is_new && policies.iter().any(is_told) {
        notify::tell("Cavra: something waits for approval", &format!("{} ({id})", ask.target));
    }
    let approval = evidence::ApprovalRef {
        id,
        digest: ask.digest(),
        state: "pending",
        by: Vec::new(),
        grants: Vec::new(),
    };
    Settled { opinion, approval: Some(approval), attestation: None }
}

/// It stays asked about, and says why nobody can be asked.
fn unanswerable(mut opinion: Opinion, reason: &str) -> Settled {
    let before = opinion.decision.alternative.take();
    opinion.decision.alternative = Some(match before {
        Some(before) => format!("{before} (it cannot be approved: {reason})"),
        None => format!("it cannot be approved: {reason}"),
    });
    Settled::plain(opinion)
}

/// A lift that is in force for this.
fn lifted(
    store: &Store,
    facts: &Facts,
    opinion: &Opinion,
    policies: &[CompiledPolicy],
    evidence: &Path,
) -> Option<Settled> {
    if !store.folder().exists() || stopped(opinion).any(is_beyond_persons) {
        return None;
    }
    let (seam, repository) = (facts.seam.as_str(), facts.repository());
    let (granted, reason, until) = if has_signers(policies) {
        let quorums = quorums(policies, &[BREAK_GLASS_GROUP.to_owned()]).ok()?;
        // Each policy wants its own: the last one that is asked speaks for all, as none may be missing.
        let mut found = None;
        for quorum in &quorums {
            let covers = |scope: &Scope| scope.covers(seam, repository);
            let counts =
                |grant: &str| evidence::uses_of(evidence, grant, grant).is_ok_and(|uses| uses < u64::MAX);
            found = Some(store.lifted(quorum, &covers, &counts).ok()??);
        }
        found?
    } else {
        let (granted, answer) = local::lifted(store.folder(), seam, repository, gravest(opinion))?;
        (granted, answer.reason, answer.until)
    };
    let mut opinion = opinion.clone();
    let decision = &mut opinion.decision;
    decision.base_decision.get_or_insert(decision.decision);
    decision.decision = Effect::AllowWithAttestation;
    decision.rule_id = RuleId::ModeBreakGlass;
    let who = granted.by.join(", ");
    decision.reason = format!("lifted by {who} until {}: {reason}", clock::told(until).unwrap_or_default());
    decision.alternative = None;
    let attestation = BreakGlass::new(&who, &reason)?;
    let approval = evidence::ApprovalRef {
        id: granted.id,
        digest: String::new(),
        state: if granted.is_local { "local" } else { "signed" },
        by: granted.by,
        grants: granted.grants,
    };
    Some(Settled { opinion, approval: Some(approval), attestation: Some(attestation) })
}

/// A file and the digest of what is in it.
fn with_digest(path: &Path) -> String {
    let digest = match files::read(path, MOST_CODE) {
        Ok(bytes) => sha256(&bytes),
        Err(error) if error.is_missing() => "missing".to_owned(),
        Err(error) => format!("unreadable: {error}"),
    };
    format!("{} {digest}", path.display())
}

/// What would stop the event: its parts, and what a mode made of them.
fn stopped(opinion: &Opinion) -> impl Iterator<Item = &Decision> {
    let decision = &opinion.decision;
    let is_part = opinion.refusals().any(|refusal| refusal.decision_id == decision.decision_id);
    std::iter::once(decision).filter(move |_| !is_part).chain(opinion.refusals())
}

fn part(decision: &Decision) -> Part {
    Part {
        action: decision.action_type.clone(),
        target: decision.target.clone(),
        operation: decision.requested_operation.clone(),
        rule: decision.rule_id.to_string(),
        reason: decision.reason.clone(),
        severity: decision.severity,
    }
}

fn gravest(opinion: &Opinion) -> Severity {
    stopped(opinion).map(|decision| decision.severity).max().unwrap_or(Severity::Critical)
}

/// The groups that must agree; what no group is named for is the first group's.
fn groups(opinion: &Opinion, policies: &[CompiledPolicy]) -> Vec<String> {
    let first = policies.iter().find_map(|policy| policy.approvals.groups.first());
    let named = |decision: &Decision| match decision.approver_group.as_str() {
        "" => first.map_or_else(String::new, |group| group.name.clone()),
        group => group.to_owned(),
    };
    let mut groups: Vec<String> = stopped(opinion).map(named).filter(|group| !group.is_empty()).collect();
    groups.sort();
    groups.dedup();
    groups
}

/// Whether any policy names signers.
#[must_use]
pub fn has_signers(policies: &[CompiledPolicy]) -> bool {
    policies.iter().flat_map(|policy| &policy.approvals.groups).any(|group| !group.signers.is_empty())
}

/// What each policy wants of each group.
///
/// # Errors
/// Why nobody can approve for one of them.
pub fn quorums(policies: &[CompiledPolicy], groups: &[String]) -> Result<Vec<Quorum>, String> {
    let mut quorums: Vec<Quorum> = Vec::new();
    for policy in policies {
        let approvals = &policy.approvals;
        for name in groups {
            let group =
                approvals.groups.iter().find(|group| group.name == *name && !group.signers.is_empty());
            let Some(group) = group else {
                return Err(format!("the policy names no signers for the group `{}`", name.escape_debug()));
            };
            let quorum = Quorum::new(
                name,
                group.signers.iter().map(String::as_str),
                approvals.revoked.iter().map(String::as_str),
                group.minimum.unwrap_or(1),
            )
            .map_err(|error| error.to_string())?;
            if !quorums.contains(&quorum) {
                quorums.push(quorum);
            }
        }
    }
    if quorums.is_empty() { Err("no group is named that could approve it".to_owned()) } else { Ok(quorums) }
}

/// What no person's answer reaches.
fn is_beyond_persons(decision: &Decision) -> bool {
    let rule = decision.rule_id;
    rule.as_str() == SELF_PROTECTION
        || [
            RuleId::PolicyUnusable,
            RuleId::EvidenceUnavailable,
            RuleId::InputUnreadable,
            RuleId::RequestMalformed,
            RuleId::RuntimeCrashed,
        ]
        .contains(&rule)
}

/// The rule by which Cavra's own files and commands are kept from agents.
const SELF_PROTECTION: &str = "cavra.self_protection";

/// The longest that an approval may last under these policies, in seconds.
#[must_use]
pub fn longest(policies: &[CompiledPolicy]) -> i64 {
    let ttl = policies.iter().filter_map(|policy| Some(policy.approvals.ttl.as_ref()?.value)).min();
    i64::try_from(ttl.unwrap_or(Approvals::DEFAULT_TTL))
        .unwrap_or(approval::LONGEST_TTL)
        .min(approval::LONGEST_TTL)
}
