//! What stands in a zone, and what becomes of each: the names are those of `forces.toml`.

/// Kinds of site by the sort of quarter they stand in, commonest first; a kind named twice is
/// twice as common.
pub const CENTRE: [&str; 8] = [
    "shop",
    "shop",
    "bank",
    "bar",
    "bar",
    "government",
    "station",
    "kiosk",
];
/// An estate.
pub const ESTATE: [&str; 7] = [
    "works",
    "works",
    "warehouse",
    "warehouse",
    "gate",
    "substation",
    "yard",
];
/// Where people live.
pub const HOMES: [&str; 7] = [
    "homes", "homes", "school", "fuel", "water", "clinic", "kiosk",
];
/// Kinds that contact teams call on.
pub const CALLED_ON: [&str; 5] = ["works", "warehouse", "yard", "bank", "shop"];

/// Hours of the standard of a kind, for the time of its last visit.
pub fn standard_hours(kind: &str) -> f64 {
    match kind {
        "bank" | "bar" | "station" => 4.0,
        "government" | "gate" | "warehouse" | "yard" | "works" => 6.0,
        "shop" | "fuel" | "kiosk" | "school" => 8.0,
        _ => 10.0,
    }
}
