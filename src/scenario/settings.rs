//! Objective and response.

use crate::ids::TierId;
use crate::scenario::gather::Gather;
use crate::scenario::model::Objective;
use crate::scenario::model::Response;
use crate::scenario::names::Names;
use crate::scenario::record::Record;
use crate::units::Seconds;

/// The weights of the objective.
pub(crate) fn objective(record: Option<&Record>, gather: &mut Gather) -> Objective {
    let mut number = |name: &str, usual: f64| {
        let given = record.and_then(|record| record.number(gather, name));
        given.unwrap_or(usual)
    };
    Objective {
        order_point: number("order_point", 1.0),
        per_km: number("per_km", 1.0),
        per_hour: number("per_hour", 20.0),
    }
}

/// What counts as covered by response.
pub(crate) fn response(
    record: Option<&Record>,
    tiers: &Names<TierId>,
    gather: &mut Gather,
) -> Response {
    let within = record.and_then(|record| record.duration(gather, "within"));
    let tiers = record.map(|record| tiers.list(gather, record, "tiers"));
    Response {
        within: within.unwrap_or(Seconds(180)),
        tiers: tiers.unwrap_or_default(),
    }
}
