//! What `cavra policy init` asks on a terminal: who watches, what can be reached, which standard, which branches.
//!
//! Each question has an answer by Enter alone. What is asked here can be said by flags too, where nobody can answer.

use std::io::{self, BufRead, Read, Write};

use super::super::failure::Failure;
use super::super::output::escaped;

/// What a project policy is written from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Wishes {
    /// The packs that it inherits; the one that says how strict it is comes last, so that it counts.
    pub(super) packs: Vec<String>,
    /// The branches that people alone push to.
    pub(super) protected: Vec<String>,
}

/// The packs by who watches the agent, with what is asked.
const WATCHES: [(&str, &str, &str); 4] = [
    ("1", "cavra-developer", "a person at the keyboard: ordinary work goes ahead, harm does not"),
    ("2", "cavra-ai-agent-baseline", "a person, and what is not known to be harmless is to ask"),
    ("3", "cavra-unattended-agent", "mostly nobody: what cannot be taken back is blocked"),
    ("4", "cavra-ci-runner", "nobody, it runs in CI: what would ask is blocked"),
];

/// The packs by what can be reached.
const REACHES: [(&str, &str); 5] = [
    ("cloud", "cavra-cloud-iam"),
    ("github", "cavra-github-enterprise"),
    ("gitlab", "cavra-gitlab-enterprise"),
    ("kubernetes", "cavra-kubernetes-prod"),
    ("terraform", "cavra-terraform-prod"),
];

/// The packs by standard.
const STANDARDS: [(&str, &str); 7] = [
    ("eu-ai-act", "cavra-eu-ai-act"),
    ("hipaa", "cavra-hipaa"),
    ("iso27001", "cavra-iso27001"),
    ("nist-ssdf", "cavra-nist-ssdf"),
    ("owasp", "cavra-owasp-llm-agentic"),
    ("pci-dss", "cavra-pci-dss"),
    ("sox", "cavra-sox-change-control"),
];

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 4 << 10;

/// How often a question is asked before it is given up.
const MOST_TRIES: usize = 3;

/// Asks all that there is to ask.
///
/// # Errors
/// If there is no answer, or none that is understood.
pub(super) fn ask(answers: &mut impl BufRead, questions: &mut impl Write) -> Result<Wishes, Failure> {
    let mut dialogue = Dialogue { answers, questions };
    let watches: Vec<String> = WATCHES.iter().map(|(key, _, what)| format!("  {key}  {what}\n")).collect();
    let base = dialogue.until(
        &format!("Who watches the agent here?\n{}Answer 1 to 4 [1]: ", watches.concat()),
        |answer| {
            let key = if answer.is_empty() { "1" } else { answer };
            WATCHES.iter().find(|(known, _, _)| *known == key).map(|(_, pack, _)| (*pack).to_owned())
        },
    )?;
    let mut packs = dialogue.several("What can be reached from here that is real?", &REACHES)?;
    packs.extend(dialogue.several("Which standard is this work under?", &STANDARDS)?);
    packs.push(base);
    let protected = dialogue.until(
        "Which branches do people alone push to? `*` is any text. [main, master]: ",
        |answer| {
            let names: Vec<String> = words(answer).map(str::to_owned).collect();
            Some(if names.is_empty() { vec!["main".to_owned(), "master".to_owned()] } else { names })
        },
    )?;
    Ok(Wishes { packs, protected })
}

struct Dialogue<'d, A, Q> {
    answers: &'d mut A,
    questions: &'d mut Q,
}

impl<A: BufRead, Q: Write> Dialogue<'_, A, Q> {
    fn several(&mut self, question: &str, choices: &[(&str, &str)]) -> Result<Vec<String>, Failure> {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        self.until(&format!("{question} Any of {} [none]: ", names.join(", ")), |answer| {
            let chosen = words(answer).filter(|word| *word != "none");
            let pack = |word: &str| choices.iter().find(|(name, _)| *name == word);
            chosen.map(|word| pack(word).map(|(_, pack)| (*pack).to_owned())).collect()
        })
    }

    /// Asks until the answer is understood.
    fn until<T>(&mut self, question: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Failure> {
        for _ in 0..MOST_TRIES {
            let answer = self.answer(question).map_err(|error| {
                Failure::user(format!("the answer cannot be read: {error}; nothing was written"))
            })?;
            let Some(answer) = answer else {
                return Err(Failure::user("there was no answer, and nothing was written")
                    .hint("`cavra policy init --pack NAME` asks nothing"));
            };
            match read(answer.trim()) {
                Some(value) => return Ok(value),
                None => self.say(&format!("`{}` is none of these.\n", escaped(answer.trim())))?,
            }
        }
        Err(Failure::user("no answer was understood, and nothing was written")
            .hint("`cavra policy init --pack NAME` asks nothing"))
    }

    /// One line; none at the end of the input.
    fn answer(&mut self, question: &str) -> io::Result<Option<String>> {
        self.questions.write_all(question.as_bytes())?;
        self.questions.flush()?;
        let mut line = String::new();
        let read = self.answers.by_ref().take(LONGEST).read_line(&mut line)?;
        Ok((read > 0).then_some(line))
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.questions.write_all(text.as_bytes()).map_err(Failure::user)
    }
}

fn words(answer: &str) -> impl Iterator<Item = &str> {
    answer.split([',', ' ', '\t']).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(answers: &str) -> Result<Wishes, Failure> {
        ask(&mut answers.as_bytes(), &mut Vec::new())
    }

    #[test]
    fn enter_alone_answers_everything() {
        let wishes = asked("\n\n\n\n").expect("wishes");
        assert_eq!(wishes.packs, ["cavra-developer"]);
        assert_eq!(wishes.protected, ["main", "master"]);
    }

    #[test]
    fn the_pack_that_says_how_strict_it_is_comes_last() {
        let wishes = asked("3\nterraform, github\npci-dss\nmain release/*\n").expect("wishes");
        let packs =
            ["cavra-terraform-prod", "cavra-github-enterprise", "cavra-pci-dss", "cavra-unattended-agent"];
        assert_eq!(wishes.packs, packs);
        assert_eq!(wishes.protected, ["main", "release/*"]);
    }

    #[test]
    fn what_is_not_understood_is_asked_again_and_given_up_in_the_end() {
        assert_eq!(asked("9\nyes\n2\nnone\nnone\n\n").expect("wishes").packs, ["cavra-ai-agent-baseline"]);
        assert!(asked("9\n9\n9\n").is_err());
        assert!(asked("1\n").is_err());
        assert!(asked("").is_err());
    }

    #[test]
    fn every_pack_that_is_offered_is_there() {
        let bases = WATCHES.iter().map(|(_, pack, _)| *pack);
        let others = REACHES.iter().chain(&STANDARDS).map(|(_, pack)| *pack);
        for pack in bases.chain(others) {
            assert!(crate::policy::is_pack(pack), "{pack}");
        }
    }
}
