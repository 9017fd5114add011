//! How the language is described: keys, the forms a value may take, and what absence means.
//!
//! The description itself is the table in [`super::keys`]. Everything that knows the language reads it from there:
//! the form check, `--set`, the JSON Schema, the reference page and `--explain`.

/// One key of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub name: &'static str,
    /// The ways its value may be written; any one will do.
    pub forms: &'static [Form],
    pub preset: Preset,
    /// One sentence for a planner.
    pub doc: &'static str,
    /// A value as one would write it.
    pub example: &'static str,
    /// Keys of the same table that say the same thing in another way: setting this one drops them.
    pub replaces: &'static [&'static str],
    /// What people call it elsewhere.
    pub aka: &'static [&'static str],
    /// A table that stands for one value: `extends` replaces it whole.
    pub whole: bool,
    /// The channels of a queue that know it; empty = all.
    pub channels: &'static [&'static str],
}

/// What holds when the key is not written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Preset {
    /// It must be written.
    Required,
    /// This value, as TOML.
    Value(&'static str),
    /// Something that is not one value, in words.
    Absent(&'static str),
}

/// One way to write a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// A fixed word and its meaning.
    Word(&'static str, &'static str),
    /// One of several words, each with its meaning.
    Choice(&'static [(&'static str, &'static str)]),
    /// Free text.
    Text,
    Whole {
        min: i64,
        max: i64,
    },
    Number {
        min: f64,
        max: f64,
    },
    Share {
        min: f64,
        max: f64,
    },
    Duration {
        min: f64,
        max: f64,
    },
    Date,
    /// true or false.
    Flag,
    /// A time of day, "08:00".
    Clock,
    /// "mon-fri", "mon,wed".
    Weekdays,
    /// "08:00-20:00" or "24h".
    Hours,
    /// "80/20" or "80% in 20s".
    ServiceLevel,
    /// "90% of days".
    OnPeriods,
    List(&'static [Form]),
    /// A table whose keys are days: mon, sat-sun, "mon,wed".
    ByWeekday(&'static [Form]),
    Table(Fields),
    /// A table whose keys are names the user chooses.
    Named {
        what: &'static str,
        forms: &'static [Form],
    },
}

/// The keys of a table, and the key that a bare value in its place stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub keys: &'static [Key],
    pub lone: Option<&'static str>,
}

impl Key {
    pub const fn new(
        name: &'static str,
        forms: &'static [Form],
        preset: Preset,
        doc: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, forms, preset, doc, example, replaces: &[], aka: &[], whole: false, channels: &[] }
    }

    pub const fn replaces(mut self, keys: &'static [&'static str]) -> Self {
        self.replaces = keys;
        self
    }

    pub const fn aka(mut self, names: &'static [&'static str]) -> Self {
        self.aka = names;
        self
    }

    pub const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    pub const fn channels(mut self, words: &'static [&'static str]) -> Self {
        self.channels = words;
        self
    }

    /// Whether a queue of this channel knows the key.
    pub fn goes_with(&self, channel: &str) -> bool {
        self.channels.is_empty() || self.channels.contains(&channel)
    }

    /// The default as TOML text, if it is one value.
    pub fn default(&self) -> Option<&'static str> {
        if let Preset::Value(text) = self.preset { Some(text) } else { None }
    }
}

impl Fields {
    pub fn get(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|k| k.name == name)
    }
}

/// The keys of the table form among these, if there is one.
pub(super) fn fields(forms: &'static [Form]) -> Option<Fields> {
    forms.iter().find_map(|f| if let Form::Table(fields) = f { Some(*fields) } else { None })
}

/// What the names of the table stand for, and the forms below each, if the table holds names.
pub(super) fn named(forms: &'static [Form]) -> Option<(&'static str, &'static [Form])> {
    forms.iter().find_map(|f| if let Form::Named { what, forms } = f { Some((*what, *forms)) } else { None })
}

/// The forms below each weekday group, if the value may be given by weekday.
pub(super) fn by_weekday(forms: &'static [Form]) -> Option<&'static [Form]> {
    forms.iter().find_map(|f| if let Form::ByWeekday(inner) = f { Some(*inner) } else { None })
}

/// The forms of list entries, if the value may be a list.
pub(super) fn entries(forms: &'static [Form]) -> Option<&'static [Form]> {
    forms.iter().find_map(|f| if let Form::List(inner) = f { Some(*inner) } else { None })
}

/// The allowed values in words: `"unlimited"`, a time such as "45s", or a table { mean, cv, ... }`.
pub(super) fn in_words(forms: &[Form]) -> String {
    let mut words: Vec<String> = forms.iter().map(form_in_words).collect();
    let last = words.pop().unwrap_or_default();
    if words.is_empty() { last } else { format!("{} or {last}", words.join(", ")) }
}

fn form_in_words(form: &Form) -> String {
    let quoted = |words: &[(&str, &str)]| words.iter().map(|(w, _)| format!("\"{w}\"")).collect::<Vec<_>>().join(", ");
    match form {
        Form::Word(word, _) => format!("\"{word}\""),
        Form::Choice(words) => format!("one of {}", quoted(words)),
        Form::Text => "a text in quotes".into(),
        Form::Whole { min, max } => format!("a whole number from {min} to {max}"),
        Form::Number { min, max } => format!("a number from {min} to {max}"),
        Form::Share { min, max } => format!(
            "a share from {} to {}, such as \"80%\" or 0.8",
            crate::units::share(*min),
            crate::units::share(*max)
        ),
        Form::Duration { min, max } if *min < 0.001 => {
            format!("a time up to {}, such as \"45s\" or \"4m30s\"", long(*max))
        }
        Form::Duration { min, max } => {
            format!("a time from {} to {}, such as \"45s\" or \"4m30s\"", long(*min), long(*max))
        }
        Form::Date => "a date such as 2026-03-02".into(),
        Form::Flag => "true or false".into(),
        Form::Clock => "a time of day such as \"08:00\"".into(),
        Form::Weekdays => "weekdays such as \"mon-fri\" or \"mon,wed\"".into(),
        Form::Hours => "opening hours such as \"08:00-20:00\" or \"24h\"".into(),
        Form::ServiceLevel => "\"80% in 20s\" or \"80/20\"".into(),
        Form::OnPeriods => "a share of the periods such as \"90% of days\"".into(),
        Form::List(inner) if inner.iter().any(|f| matches!(f, Form::List(_))) => {
            "a list with one entry per interval, or one such list per day".into()
        }
        Form::List(inner) => format!("a list, each entry {}", in_words(inner)),
        Form::ByWeekday(_) => "a table by weekday such as { mon-fri = ..., sat = ... }".into(),
        Form::Table(fields) => {
            format!("a table {{ {} }}", fields.keys.iter().map(|k| k.name).collect::<Vec<_>>().join(", "))
        }
        Form::Named { what, .. } => format!("a table with a name for each {what}"),
    }
}

/// A bound in the largest unit that divides it; only bounds of the table are printed so.
fn long(seconds: f64) -> String {
    let days = seconds / 86_400.0;
    if days > 1.0 && days.fract() == 0.0 { format!("{days} days") } else { crate::units::duration(seconds) }
}
