//! Every size by which people change what happens: its default, how well it is known, and what it does.
//!
//! The sizes are illustrative: published work gives directions and a few magnitudes, not coefficients. Each can be
//! stated in `[effects]`. Sources: Gans, Liu, Mandelbaum, Shen and Ye (2010) for the spread of service times between
//! agents; De Grip, Sauermann and Sieben (2016) for the first year on the job; Collewet and Sauermann (2017) for
//! fatigue; Murthy, Challagalla, Vincent and Shervani (2008) for complexity; Clark, Murfett, Rogers and Ang (2013)
//! and de Ruyter and Wetzels (2000) for empathy and listening.

/// How well a size is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Measured in the field.
    A,
    /// The direction is published.
    B,
    /// Assumed.
    C,
}

impl Grade {
    /// "A", "B", "C".
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A term: 0 = no effect.
    Term,
    /// A factor on a time: 1 = no effect.
    Factor,
    /// A time \[s\]; 0 = no effect.
    Time,
    /// A level or a length that is no effect by itself.
    Level,
    /// A distance on the logit, 0 or more, that is no effect by itself.
    Step,
    /// A length of time \[s\] that is no effect by itself.
    Length,
}

/// The description of one size.
#[derive(Debug, Clone, Copy)]
pub struct Effect {
    /// Its key in `[effects]`.
    pub name: &'static str,
    /// Its value unless stated.
    pub default: f64,
    /// How well it is known.
    pub grade: Grade,
    /// What kind of number it is.
    pub kind: Kind,
    /// The default as it is written.
    pub text: &'static str,
    /// What it does, in a sentence.
    pub sentence: &'static str,
    /// The sentence for a reference page, with the grade.
    pub doc: &'static str,
    /// Where it is found.
    pub get: fn(&Effects) -> f64,
    /// How it is changed.
    pub set: fn(&mut Effects, f64),
}

macro_rules! effects {
    ($($name:ident $default:literal $grade:ident $kind:ident $sentence:literal,)*) => {
        /// All sizes in force.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Effects {
            $(#[doc = $sentence] pub $name: f64,)*
            /// Handle times grow with hours on the floor.
            pub fatigue: bool,
            /// Irate callers leave a trace.
            pub strain: bool,
            /// Agents hurry when callers wait.
            pub pressure: bool,
        }

        impl Default for Effects {
            fn default() -> Self {
                Self { $($name: $default,)* fatigue: false, strain: false, pressure: false }
            }
        }

        impl Effects {
            /// Each size with its name and default, in the order of the reference.
            pub const TABLE: &[Effect] = &[$(Effect {
                name: stringify!($name),
                default: $default,
                grade: Grade::$grade,
                kind: Kind::$kind,
                text: stringify!($default),
                sentence: $sentence,
                doc: concat!($sentence, " (", stringify!($grade), ")."),
                get: |effects| effects.$name,
                set: |effects, value| effects.$name = value,
            },)*];
        }
    };
}

effects! {
    efficiency_time 0.18 A Term "talk and wrap x exp(-0.18) per +1 z of efficiency",
    patience_shield 0.35 B Term "what moods do to talk time and satisfaction x exp(-0.35) per +1 z of patience",
    empathy_talk 0.02 C Term "talk x exp(+0.02) per +1 z of empathy",
    communication_talk 0.03 C Term "talk x exp(-0.03) per +1 z of communication",
    communication_talk_confused 0.08 C Term "the same with confused callers",
    knowledge_talk 0.04 C Term "talk x exp(-0.04) per +1 z of knowledge",
    knowledge_hold 0.15 B Term "hold x exp(-0.15) per +1 z of knowledge",
    memory_time 0.1 C Term "hold and wrap x exp(-0.10) per +1 z of memory",
    memory_repeat 0.08 C Term "talk with callers who come again x exp(-0.08) per +1 z of memory",
    time_management_wrap 0.12 C Term "wrap x exp(-0.12) per +1 z of time_management",
    talk_confused 1.15 B Factor "talk with a confused caller x 1.15",
    talk_upset 1.1 B Factor "talk with an upset caller x 1.10",
    talk_irate 1.25 B Factor "talk with an irate caller x 1.25",
    complexity_time 0.6 B Term "talk and wrap x exp(0.6 (c - c0)): complexity c against the queue's mean c0",
    mood_waiting 0.01 B Term "each minute of waiting moves a caller's place among the moods by 0.01, at most to the next mood",
    calmed_level -1.0 C Level "logit of an upset or irate caller being calmed by an average agent",
    calmed_empathy 0.5 C Term "logit of calming +0.5 per +1 z of empathy",
    calmed_patience 0.3 C Term "logit of calming +0.3 per +1 z of patience",
    calmed_professionalism 0.3 C Term "logit of calming +0.3 per +1 z of professionalism",
    calmed_communication 0.2 C Term "logit of calming +0.2 per +1 z of communication",
    resolved_complexity 2.0 B Term "logit of resolution -2.0 (c - c0)",
    resolved_knowledge 0.35 B Term "logit of resolution +0.35 per +1 z of knowledge",
    resolved_communication 0.1 B Term "logit of resolution +0.10 per +1 z of communication",
    resolved_problem_solving 0.25 B Term "logit of resolution +0.25 c per +1 z of problem_solving",
    resolved_experience 0.3 B Term "logit of resolution +0.30 ln(weeks / 52) in the first year",
    resolved_verify 0.5 C Term "logit of resolution +0.5 where the solution is verified before closing",
    transferred_knowledge 0.35 C Term "logit of a transfer -0.35 per +1 z of knowledge",
    transferred_problem_solving 0.35 C Term "logit of a transfer -0.35 per +1 z of problem_solving",
    satisfied_unresolved 2.0 B Term "logit of satisfaction -2.0 when not resolved",
    satisfied_waiting 0.1 B Term "logit of satisfaction -0.10 per minute waited",
    satisfied_confused 0.2 C Term "logit of satisfaction -0.2 for a confused caller",
    satisfied_upset 0.6 B Term "logit of satisfaction -0.6 for an upset caller",
    satisfied_irate 1.2 B Term "logit of satisfaction -1.2 for an irate caller",
    satisfied_empathy 0.25 B Term "logit of satisfaction +0.25 per +1 z of empathy",
    satisfied_empathy_upset 0.5 B Term "the same with upset or irate callers",
    satisfied_communication 0.2 B Term "logit of satisfaction +0.20 per +1 z of communication",
    satisfied_attitude 0.1 C Term "logit of satisfaction +0.10 per +1 z of attitude",
    satisfied_strain 0.02 C Term "logit of satisfaction -0.02 per point of strain",
    rating_step 1.0 C Step "logits between two neighbouring ratings of satisfaction, from 5 (top box) down to 1",
    sold_sales 0.4 B Term "logit of conversion +0.40 per +1 z of sales",
    sold_persuasion 0.15 C Term "logit of conversion +0.15 per +1 z of persuasion",
    retained_persuasion 0.4 C Term "logit of keeping the customer +0.40 per +1 z of persuasion",
    retained_unresolved 1.0 B Term "logit of keeping the customer -1.0 when not resolved",
    retained_unsatisfied 0.5 B Term "logit of keeping the customer -0.5 when not satisfied",
    switch_talk 10.0 C Time "talk + 10 s when the agent's last contact was of another queue or channel",
    switch_satisfied 0.1 C Term "logit of satisfaction -0.10 then",
    switch_adaptability 0.25 C Term "both x exp(-0.25) per +1 z of adaptability",
    shock_sd 0.15 C Term "standard deviation of an agent's good and bad days on the logit of satisfaction",
    shock_professionalism 0.2 C Term "this x exp(-0.20) per +1 z of professionalism",
    absence_professionalism 0.2 B Term "probabilities of absence and lateness x exp(-0.20) per +1 z of professionalism",
    strain_empathy 0.1 B Term "strain from an irate caller who was not calmed x exp(+0.10) per +1 z of empathy",
    strain_attitude 0.1 C Term "the same x exp(-0.10) per +1 z of attitude",
    strain_half_life 7200.0 C Length "time on the floor in which strain halves",
    strain_break 0.5 C Level "what is left of strain after a break",
    strain_absence 0.02 C Term "logit of absence on the next day +0.02 per point of strain",
    experience_time 0.125 A Term "handle time x (52 / weeks)^0.125 in the first year",
    fatigue_time 0.1 A Term "handle time x (hours / 4)^0.1 after four hours on the floor, where fatigue is on",
    fatigue_after 14400.0 A Length "hours on the floor after which fatigue begins",
    pressure_talk 0.05 C Term "talk 5 % shorter while callers wait, where pressure is on",
    pressure_quality 0.15 C Term "logits of resolution and satisfaction -0.15 then",
    quota_most 0.2 C Level "share of talk a quota can press out at most",
    quota_quality 2.0 C Term "logits of resolution and satisfaction -2.0 per unit of that share",
}

impl Effects {
    /// The description of the size with this name.
    pub fn named(name: &str) -> Option<&'static Effect> {
        Self::TABLE.iter().find(|effect| effect.name == name)
    }

    /// All effects `strength` times as strong: terms and times multiply, factors are raised to this power, levels
    /// stay.
    #[must_use]
    pub fn scaled(&self, strength: f64) -> Self {
        let mut scaled = *self;
        if strength != 1.0 {
            for effect in Self::TABLE {
                let value = (effect.get)(self);
                let changed = match effect.kind {
                    Kind::Term | Kind::Time => strength * value,
                    Kind::Factor => libm::pow(value, strength),
                    Kind::Level | Kind::Step | Kind::Length => value,
                };
                (effect.set)(&mut scaled, changed);
            }
        }
        scaled
    }
}
