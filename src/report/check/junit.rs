//! JUnit XML as Jenkins, GitLab, Azure and Surefire read it.
//!
//! One suite per scenario, one case per figure with a name that never changes. What is unsure is skipped, unless it
//! counts as a failure. No times and no clock: the same verdict is the same file.

use super::words::{self, advice, changes, difference, drift, figure, metric, remark, title};
use super::{CheckReport, CheckedScenario};
use crate::check::{Finding, Outcome};
use std::fmt::Write;

/// The whole document.
pub fn check_junit(report: &CheckReport) -> String {
    let total = |count: &dyn Fn(&Finding) -> bool| -> usize {
        report.scenarios.iter().map(|s| s.verdict.findings.iter().filter(|f| count(f)).count()).sum()
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"callwright check\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\">",
        total(&|_| true),
        total(&|f| report.fails(f)),
        total(&|f| is_skipped(report, f)),
    );
    report.scenarios.iter().for_each(|scenario| suite(report, scenario, &mut out));
    out + "</testsuites>\n"
}

fn is_skipped(report: &CheckReport, finding: &Finding) -> bool {
    finding.outcome == Outcome::Unsure && !report.fails(finding)
}

fn suite(report: &CheckReport, scenario: &CheckedScenario, out: &mut String) {
    let findings = &scenario.verdict.findings;
    let _ = writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\">",
        escaped(&scenario.name),
        findings.len(),
        findings.iter().filter(|f| report.fails(f)).count(),
        findings.iter().filter(|f| is_skipped(report, f)).count(),
    );
    findings.iter().for_each(|finding| case(report, scenario, finding, out));
    let mut story = vec![title(scenario)];
    story.extend(changes(scenario).iter().map(|change| format!("changed {change}")));
    story.extend(drift(scenario));
    story.extend(advice(report, scenario));
    let _ = writeln!(out, "    <system-out>{}</system-out>\n  </testsuite>", escaped(&story.join("\n")));
}

fn case(report: &CheckReport, scenario: &CheckedScenario, finding: &Finding, out: &mut String) {
    let name = escaped(&scenario.name_of(finding));
    // Readers split a class name at its points.
    let class = format!("callwright.{}", escaped(&scenario.name.replace('.', "_")));
    let _ = write!(out, "    <testcase name=\"{name}\" classname=\"{class}\" time=\"0\"");
    let message = escaped(&story(scenario, finding));
    let _ = match (report.fails(finding), is_skipped(report, finding)) {
        (true, _) => {
            let kind = finding.outcome.name();
            let place = finding_place(scenario, finding).map_or(String::new(), |place| format!("{place}\n"));
            writeln!(
                out,
                ">\n      <failure message=\"{message}\" type=\"{kind}\">{}</failure>\n    </testcase>",
                escaped(&format!("{place}{}", story(scenario, finding)))
            )
        }
        (_, true) => writeln!(out, ">\n      <skipped message=\"{message}\"/>\n    </testcase>"),
        _ => writeln!(out, "/>"),
    };
}

fn finding_place(scenario: &CheckedScenario, finding: &Finding) -> Option<String> {
    let index = scenario.verdict.findings.iter().position(|other| other == finding)?;
    let (file, line) = scenario.places.get(index)?.as_ref()?;
    Some(format!("{file}:{line}"))
}

/// "orders service_level 77.3 % -> 73.9 %, -3.4 ±0.6: worse than tolerance 1.0".
pub(super) fn story(scenario: &CheckedScenario, finding: &Finding) -> String {
    let mut text = format!("{} {} {}", finding.scope, metric(finding), figure(finding, &scenario.currency));
    let difference = difference(finding, &scenario.currency);
    if !difference.is_empty() {
        let _ = write!(text, ", {difference}");
    }
    let remark = remark(finding, scenario);
    let word = words::outcome(finding.outcome);
    if remark.is_empty() { format!("{text}: {word}") } else { format!("{text}: {word}, {remark}") }
}

/// Text as XML takes it, in attributes and between tags; characters that XML cannot hold become "?".
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('?'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_breaks_the_document() {
        assert_eq!(escaped("a<b> & \"c\"\n\u{1b}[31m\u{0}"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;?[31m?");
    }
}
