//! Ways by which contacts come.

/// Way of a queue's contacts.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Channel {
    /// Telephone: an agent has one call at a time.
    #[default]
    Voice,
    /// Text chat: an agent may have several at a time.
    Chat(Chat),
    /// Email.
    Email(Messages),
    /// Messages of a social network.
    Social(Messages),
}

impl Channel {
    /// The word of the scenario language.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Chat(_) => "chat",
            Self::Email(_) => "email",
            Self::Social(_) => "social",
        }
    }

    /// What is stated about messages, if these are any.
    pub fn messages(&self) -> Option<&Messages> {
        if let Self::Email(messages) | Self::Social(messages) = self { Some(messages) } else { None }
    }

    /// What is stated about chats, if these are any.
    pub fn chat(&self) -> Option<&Chat> {
        if let Self::Chat(chat) = self { Some(chat) } else { None }
    }
}

/// Several contacts at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Chat {
    /// Most contacts an agent has in hand.
    pub concurrency: u32,
    /// Each contact in hand beyond one lengthens all by this share.
    pub slowdown: f64,
    /// Share of the impatient who leave unnoticed.
    pub silent: f64,
    /// Time until an agent notices \[s\].
    pub silent_timeout_s: f64,
}

/// A backlog worked in idle time.
#[derive(Debug, Clone, PartialEq)]
pub struct Messages {
    /// An agent puts the message down at once for a call.
    pub preempt: bool,
    /// Messages in the backlog at the first opening.
    pub backlog: u32,
    /// Expected messages that came in while the floor was closed, by day; empty = none.
    pub while_closed: Vec<f64>,
}
