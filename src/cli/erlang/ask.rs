//! From flags to a question: units, ranges, and what belongs to which formula. All problems are collected.

use std::path::Path;

use super::flags::Flags;
use crate::erlang::{AbandonGoal, Formula, Goals, ServiceLevel, ServiceLevelGoal};
use crate::error::{Error, Problem, Result};
use crate::report::calculator::{Model, Question};
use crate::scenario::{Severity, Sources, parse_service_level, render_all};
use crate::units::{parse_duration, parse_share};

/// What to write where a figure is missing.
const CALLS: &str = "say how many calls come, for example --calls 240";
const PER: &str = "say in how long they come, for example --per 30m";
const AHT: &str = "say how long a call takes on average, for example --aht 300s";
const PATIENCE: &str = "say how long callers wait on average, for example --patience 3m, or --patience unlimited";

/// The question that the flags ask. With `--from` its calls, handle time and patience may still come from the file.
pub(super) fn question(model: Model, flags: &Flags) -> Result<Question> {
    let mut reader = Reader { model, flags, problems: Vec::new() };
    let question = reader.question();
    reader.check(&question);
    match reader.problems.as_slice() {
        [] => Ok(question),
        problems => {
            let rendered = render_all(problems, Severity::Error, &Sources::default());
            Err(Error::Problems { problems: reader.problems, rendered })
        }
    }
}

struct Reader<'f> {
    model: Model,
    flags: &'f Flags,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn question(&mut self) -> Question {
        let flags = self.flags;
        let own = |value: &Option<String>| value.is_none() && flags.from.is_some();
        let calls = if own(&flags.calls) { 0.0 } else { self.calls() };
        let aht_s = if own(&flags.aht) { 0.0 } else { self.needed_time("aht", &flags.aht, AHT) };
        let patience_s = if own(&flags.patience) { None } else { self.patience() };
        let per_s = self.needed_time("per", &flags.per, PER);
        let (lines, agents) = (self.whole("lines", &flags.lines), self.whole("agents", &flags.agents));
        let (lines, evaluate) = if self.model == Model::B { (None, lines) } else { (lines, agents) };
        let goals = self.goals();
        let shrinkage = self.share("shrinkage", &flags.shrinkage);
        Question { model: self.model, calls, per_s, aht_s, patience_s, lines, goals, shrinkage, evaluate }
    }

    fn goals(&mut self) -> Goals {
        let flags = self.flags;
        let abandon = self.share("abandon", &flags.abandon).map(|share| AbandonGoal { share, net_of_short_s: None });
        Goals {
            service_levels: self.service_level().into_iter().collect(),
            asa_s: self.time("asa", &flags.asa),
            p_wait: self.share("p-wait", &flags.p_wait),
            abandon,
            blocking: self.share("blocking", &flags.blocking),
            max_occupancy: self.share("occupancy", &flags.occupancy),
            min_agents: self.whole("min-agents", &flags.min_agents).unwrap_or(0),
        }
    }

    fn wrong(&mut self, message: impl Into<String>, help: &str) {
        let problem = Problem::new("", message);
        self.problems.push(if help.is_empty() { problem } else { problem.help(help) });
    }

    fn calls(&mut self) -> f64 {
        let Some(text) = &self.flags.calls else {
            self.wrong("--calls is missing", CALLS);
            return 0.0;
        };
        match text.trim().parse::<f64>() {
            Ok(calls) if (0.0..=1e15).contains(&calls) => return calls,
            Ok(_) => self.wrong(format!("--calls {text}: allowed are 0 to 1e15 calls"), CALLS),
            Err(_) => {
                self.wrong(format!("--calls {text}: this is not a number"), "write digits only, for example 1250")
            }
        }
        0.0
    }

    fn time(&mut self, flag: &str, value: &Option<String>) -> Option<f64> {
        let text = value.as_ref()?;
        match parse_duration(text) {
            Ok(seconds) if seconds <= 1e15 => return Some(seconds),
            Ok(_) => self.wrong(format!("--{flag} {text}: allowed is at most 1e15 s"), "check its unit"),
            Err(why) => self.wrong(format!("--{flag} {text}: {why}"), ""),
        }
        None
    }

    /// A time above zero that must be stated.
    fn needed_time(&mut self, flag: &str, value: &Option<String>, help: &str) -> f64 {
        if value.is_none() {
            self.wrong(format!("--{flag} is missing"), help);
        }
        let seconds = self.time(flag, value);
        if seconds == Some(0.0) {
            self.wrong(format!("--{flag} {}: must be more than zero", value.as_deref().unwrap_or("")), help);
        }
        seconds.unwrap_or(0.0)
    }

    fn patience(&mut self) -> Option<f64> {
        let flags = self.flags;
        if self.model != Model::A || flags.patience.as_deref() == Some("unlimited") {
            return None;
        }
        Some(self.needed_time("patience", &flags.patience, PATIENCE))
    }

    fn share(&mut self, flag: &str, value: &Option<String>) -> Option<f64> {
        let text = value.as_ref()?;
        match parse_share(text) {
            Ok(share) if flag == "shrinkage" && share == 1.0 => {
                self.wrong(format!("--{flag} {text}: nobody would be left on the phone"), "write less than 100%");
            }
            Ok(share) if (0.0..=1.0).contains(&share) => return Some(share),
            Ok(_) => self.wrong(format!("--{flag} {text}: allowed are 0% to 100%"), ""),
            Err(why) => self.wrong(format!("--{flag} {text}: {why}"), ""),
        }
        None
    }

    fn whole(&mut self, flag: &str, value: &Option<String>) -> Option<u64> {
        let text = value.as_ref()?;
        match text.trim().parse::<u64>() {
            Ok(n) if n <= 1_000_000_000 => return Some(n),
            _ => self.wrong(format!("--{flag} {text}: allowed are whole numbers from 0 to 1000000000"), ""),
        }
        None
    }

    fn service_level(&mut self) -> Option<ServiceLevelGoal> {
        let measure = self.measure();
        let text = self.flags.goal.as_ref()?;
        match parse_service_level(text) {
            Ok((share, Some(target_s))) => {
                return Some(ServiceLevelGoal { share, measure: ServiceLevel { target_s, ..measure } });
            }
            Ok((_, None)) => {
                self.wrong(format!("--goal {text}: within which time?"), "write for example \"80% in 20s\" or 80/20");
            }
            Err(why) => self.wrong(format!("--goal {text}: {why}"), ""),
        }
        None
    }

    /// The formula and its short-abandon time.
    fn measure(&mut self) -> ServiceLevel {
        let flags = self.flags;
        let short_abandon_s = self.time("short-abandon", &flags.short_abandon);
        let word = flags.formula.as_deref().unwrap_or("offered");
        let formula = formula(word).unwrap_or_else(|| {
            let names = FORMULAS.map(|(name, _)| name).join(", ");
            self.wrong(format!("--formula {word}: there is no such formula"), &format!("write one of {names}"));
            Formula::Offered
        });
        let reads = matches!(formula, Formula::CountShortAbandons | Formula::NetOfShort);
        if reads && flags.short_abandon.is_none() {
            self.wrong(format!("--formula {word} needs --short-abandon"), "for example --short-abandon 5s");
        }
        if !reads && flags.short_abandon.is_some() && self.model == Model::A {
            let help = "add --formula count_short_abandons or --formula net_of_short";
            self.wrong(format!("--short-abandon is not read by the formula {word}"), help);
        }
        if flags.formula.is_some() && flags.goal.is_none() && self.model == Model::A {
            self.wrong("--formula says how --goal is counted, but there is no --goal", "for example --goal 80/20");
        }
        ServiceLevel { formula, target_s: 0.0, short_abandon_s: short_abandon_s.unwrap_or(0.0) }
    }

    /// What belongs together and what does not.
    fn check(&mut self, question: &Question) {
        let flags = self.flags;
        self.check_model();
        if let Some(plot) = &flags.plot {
            self.check_plot(plot);
        }
        if flags.from.is_some() {
            for (flag, given) in
                [("calls", &flags.calls), ("agents", &flags.agents)].into_iter().filter(|(_, given)| given.is_some())
            {
                let text = given.as_deref().unwrap_or("");
                self.wrong(format!("--{flag} {text} and --from exclude each other"), "leave one of them out");
            }
        }
        self.check_lines(question);
        let asked = if self.model == Model::B { &flags.lines } else { &flags.agents };
        let goals = [&flags.goal, &flags.asa, &flags.p_wait, &flags.abandon, &flags.blocking, &flags.occupancy];
        if goals.iter().all(|goal| goal.is_none()) && asked.is_none() {
            let help = match self.model {
                Model::B => "for example --blocking 1%, or judge a number of lines with --lines 50",
                Model::C | Model::A => "for example --goal 80/20, or judge a number of agents with --agents 45",
            };
            self.wrong("no goal: what is good service?", help);
        }
    }

    fn check_model(&mut self) {
        let flags = self.flags;
        let given = |useless: &[(&'static str, &Option<String>)]| -> Vec<String> {
            useless.iter().filter(|(_, value)| value.is_some()).map(|(flag, _)| format!("--{flag}")).collect()
        };
        let impatient = [
            ("patience", &flags.patience),
            ("abandon", &flags.abandon),
            ("formula", &flags.formula),
            ("short-abandon", &flags.short_abandon),
        ];
        let waiting = [
            ("goal", &flags.goal),
            ("asa", &flags.asa),
            ("p-wait", &flags.p_wait),
            ("occupancy", &flags.occupancy),
            ("min-agents", &flags.min_agents),
            ("shrinkage", &flags.shrinkage),
            ("agents", &flags.agents),
        ];
        let (impatient, waiting) = (given(&impatient), given(&waiting));
        if self.model == Model::C && !impatient.is_empty() {
            let message = format!("{}: in Erlang C nobody hangs up", impatient.join(", "));
            self.wrong(message, "use `callwright erlang a`, or leave it out");
        }
        let useless: Vec<String> = waiting.into_iter().chain(impatient).collect();
        if self.model == Model::B && !useless.is_empty() {
            let message = format!("{}: Erlang B is about lines, and nobody waits for one", useless.join(", "));
            self.wrong(message, "state --blocking 1% or --lines 50, or use `callwright erlang a`");
        }
    }

    fn check_plot(&mut self, plot: &Path) {
        let extension = plot.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !["svg", "png"].contains(&extension.as_str()) {
            self.wrong(format!("--plot {}: a plot is a .svg or a .png file", plot.display()), "");
        }
        if self.flags.from.is_some() {
            self.wrong("--plot draws one case and --from asks about many", "leave one of them out");
        }
    }

    fn check_lines(&mut self, question: &Question) {
        let (flags, blocked) = (self.flags, question.goals.blocking.is_some());
        if self.model == Model::B {
            if flags.from.is_some() && flags.lines.is_some() {
                self.wrong("--lines and --from exclude each other", "leave out --lines: the rows ask for their lines");
            }
            return;
        }
        if blocked && flags.lines.is_none() {
            self.wrong("--blocking: without --lines nobody is blocked", "add --lines, or use `callwright erlang b`");
        }
        if let (Some(agents), Some(lines)) = (question.evaluate, question.lines)
            && agents > lines
        {
            let message = format!("--agents {agents} have only --lines {lines}");
            self.wrong(message, "a line is held while talking too: state at least as many lines as agents");
        }
        let calls = question.calls > 0.0;
        if question.lines == Some(0) && calls {
            self.wrong("--lines 0: no call can come in", "state 1 or more, or leave it out");
        }
        if question.evaluate == Some(0) && calls && (self.model == Model::A || question.lines.is_some()) {
            self.wrong("--agents 0: nobody would ever be answered", "state 1 or more");
        }
    }
}

const FORMULAS: [(&str, Formula); 6] = [
    ("offered", Formula::Offered),
    ("ignore_abandons_in_goal", Formula::IgnoreAbandonsInGoal),
    ("count_abandons_in_goal", Formula::CountAbandonsInGoal),
    ("answered_only", Formula::AnsweredOnly),
    ("count_short_abandons", Formula::CountShortAbandons),
    ("net_of_short", Formula::NetOfShort),
];

fn formula(word: &str) -> Option<Formula> {
    FORMULAS.iter().find(|(name, _)| *name == word).map(|(_, formula)| *formula)
}
