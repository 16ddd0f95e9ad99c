//! Ways of moving as data: which ways, which direction, how fast.

/// A way of moving.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// Share of the road's speed driven on patrol.
    pub patrol_factor: f64,
    /// Share of the road's speed driven to an emergency.
    pub urgent_factor: f64,
    /// Speed at which a key segment is patrolled, km/h.
    pub segment_kmh: f64,
}
