//! What may come of a conversation.

/// What may come of a conversation and is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Came {
    /// Handled and not handed on.
    Handled,
    /// First handling of a problem that may be solved, one handed on among them ...
    First,
    /// ... which is solved ...
    FirstResolved,
    /// ... or with which the customer comes again within the window of `fcr`: known to the floor, not to the conversation.
    FirstReturned,
    /// A problem that may be solved in a contact, whatever the attempt ...
    Judged,
    /// ... and is.
    Resolved,
    /// Asked how satisfied they are ...
    Rated,
    /// ... and rated top box.
    Satisfied,
    /// An offer made ...
    Offered,
    /// ... and taken.
    Sold,
    /// A customer who may be lost ...
    Held,
    /// ... and is.
    Lost,
    /// A caller who was upset or irate ...
    Heated,
    /// ... and calmed.
    Calmed,
    /// A call ended for abuse.
    Ended,
}

/// What came of one conversation: a set of [`Came`], as bits in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CameSet(u16);

impl CameSet {
    /// Whether this came of it.
    #[inline(always)]
    pub fn has(self, what: Came) -> bool {
        self.0 & 1 << what as u32 != 0
    }

    /// With this, too, if it did; without a branch, for nobody could predict it.
    #[inline(always)]
    #[must_use]
    pub fn with(self, what: Came, did: bool) -> Self {
        Self(self.0 | u16::from(did) << what as u32)
    }

    /// The bits.
    #[inline(always)]
    pub fn bits(self) -> u16 {
        self.0
    }
}
