//! All integration tests in one binary; an index by room.

/// Results to text, JSON, CSV and plots.
mod report;
