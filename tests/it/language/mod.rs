//! The scenario language, from the outside.

mod support;

mod anchors;
mod calendar;
mod csv_files;
mod design_pages;
mod differ;
mod explain;
mod extends;
mod files;
mod hostile;
mod mechanisms;
mod people;
mod reading;
mod rosters;
mod sets;
mod shifts;
mod shipped;
mod write_agents;
mod wrong_callers;
mod wrong_channels;
mod wrong_csv;
mod wrong_demand;
mod wrong_keys_and_values;
mod wrong_meaning;
mod wrong_people;
mod wrong_rosters;
mod wrong_sets;
mod wrong_shifts;
