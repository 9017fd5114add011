//! `callwright erlang`.

mod ask;
mod flags;
mod volumes;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::error::{Error, Result};
use crate::report::calculator::{
    Answer, Model, Question, VolumeRow, answer, answer_csv, answer_json, answer_text, refusal, volumes_csv,
    volumes_json, volumes_text, write_plot,
};
use flags::Flags;

#[derive(Args)]
pub(super) struct ErlangArgs {
    #[command(subcommand)]
    model: ModelArgs,
}

const EXAMPLE_C: &str = "\
Example: 240 calls in half an hour, 5 minutes each; four in five answered within 20 seconds:
  callwright erlang c --calls 240 --per 30m --aht 5m --goal 80/20 --shrinkage 30%
answers 46 agents on the phone, 66 paid.";

const EXAMPLE_A: &str = "\
Example: the same floor when callers hang up after 3 minutes on average:
  callwright erlang a --calls 240 --per 30m --aht 5m --patience 3m --goal 80/20 --abandon 5%
answers 43 agents on the phone. One requirement per row of a file:
  callwright erlang a --from volumes.csv --per 30m --aht 5m --patience 3m --goal 80/20";

const EXAMPLE_B: &str = "\
Example: 240 calls in half an hour, 5 minutes each, one call in a hundred may find all lines taken:
  callwright erlang b --calls 240 --per 30m --aht 5m --blocking 1%
answers 53 lines.";

#[derive(Subcommand)]
enum ModelArgs {
    /// Agents, nobody hangs up (Erlang C)
    #[command(after_help = EXAMPLE_C)]
    #[command(mut_args(|arg| flags::hide(arg, &flags::NOT_C)))]
    C(Flags),
    /// Agents, callers hang up when they have waited too long (Erlang A)
    #[command(after_help = EXAMPLE_A)]
    A(Flags),
    /// Lines, nobody waits (Erlang B)
    #[command(after_help = EXAMPLE_B)]
    #[command(mut_args(|arg| flags::hide(arg, &flags::NOT_B)))]
    B(Flags),
}

pub(super) fn erlang(args: &ErlangArgs) -> Result<ExitCode> {
    let (model, flags) = match &args.model {
        ModelArgs::C(flags) => (Model::C, flags),
        ModelArgs::A(flags) => (Model::A, flags),
        ModelArgs::B(flags) => (Model::B, flags),
    };
    let question = ask::question(model, flags)?;
    match &flags.from {
        Some(file) => from_file(flags, &question, &volumes::answers(file, flags, &question)?)?,
        None => one(flags, &question)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn one(flags: &Flags, question: &Question) -> Result<()> {
    let answer = answer(question).map_err(|error| Error::Refused(refusal(question, &error)))?;
    if let Some(file) = &flags.plot {
        write_plot(&answer, file)?;
    }
    super::print(&shown(flags, &answer))
}

fn shown(flags: &Flags, answer: &Answer) -> String {
    if flags.json {
        return format!("{:#}\n", answer_json(answer));
    }
    if flags.csv {
        return answer_csv(answer);
    }
    let plot = flags.plot.as_ref().map_or_else(String::new, |file| format!("wrote {}\n", file.display()));
    answer_text(answer, super::screen::style()) + &plot
}

fn from_file(flags: &Flags, question: &Question, rows: &[VolumeRow]) -> Result<()> {
    super::print(&if flags.json {
        format!("{:#}\n", volumes_json(question, rows))
    } else if flags.csv {
        volumes_csv(rows)
    } else {
        volumes_text(question, rows, super::screen::style())
    })
}
