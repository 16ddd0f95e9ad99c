//! Places and shapes of the layers, checked and put into the map's own coordinates.

use geo::Coord;
use geo::Intersects as _;
use geo::LineString;
use geo::MultiPolygon;
use geo::Point;
use geo::Polygon;
use geojson::GeometryValue;
use geojson::Position;

use crate::datum::Datum;
use crate::error::Errors;
use crate::error::Result;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::model::Shape;
use crate::scenario::record::Record;

/// Planar coordinates beyond this are a mistake, metres.
const FAR: f64 = 1e7;

/// Whether a record gives coordinates of any sort.
pub(crate) fn has_place(record: &Record) -> bool {
    ["lon", "lat", "x", "y"].iter().any(|name| record.has(name))
}

/// The place of a record.
pub(crate) fn place(record: &Record, datum: Datum, gather: &mut Gather) -> Option<Coord<f64>> {
    if record.is_distrusted() {
        return None;
    }
    let (wanted, other) = match datum.is_planar() {
        true => (["x", "y"], ["lon", "lat"]),
        false => (["lon", "lat"], ["x", "y"]),
    };
    if let Some(name) = other.iter().find(|name| record.has(name)) {
        let what = format!("`{name}` does not go with the datum of the map");
        let hint = "planar maps have x and y, all others lon and lat; see map.datum";
        gather.fault(record.at(name), fault::s020_map(&what, name, hint));
        return None;
    }
    let mut coordinates = [0.0; 2];
    let mut complete = true;
    for (name, value) in wanted.iter().zip(&mut coordinates) {
        match record.number(gather, name) {
            Some(number) => *value = number,
            None => {
                complete = false;
                if !record.has(name) {
                    let error = fault::s005_missing(
                        format!("`{name}`"),
                        "every place needs both coordinates",
                    );
                    gather.fault(record.at, error);
                }
            }
        }
    }
    let [x, y] = coordinates;
    complete.then(|| checked(x, y, datum, record.at(wanted[0]), gather))?
}

/// A point in the map's own coordinates, when it is somewhere.
fn checked(x: f64, y: f64, datum: Datum, at: At, gather: &mut Gather) -> Option<Coord<f64>> {
    let (far_x, far_y) = if datum.is_planar() {
        (FAR, FAR)
    } else {
        (180.0, 90.0)
    };
    if x.abs() > far_x || y.abs() > far_y {
        gather.fault(at, fault::s013_coordinates(x, y, datum.is_planar()));
        return None;
    }
    Some(datum.to_wgs84(Coord { x, y }))
}

/// Points of a line or ring; `None` when one is nowhere.
fn course(
    positions: &[Position],
    datum: Datum,
    at: At,
    gather: &mut Gather,
) -> Option<Vec<Coord<f64>>> {
    let mut course = Vec::with_capacity(positions.len());
    for position in positions {
        let xy = position.as_slice();
        course.push(checked(xy[0], xy[1], datum, at, gather)?);
    }
    Some(course)
}

/// The course of a segment.
pub(crate) fn line(
    shape: Option<&GeometryValue>,
    datum: Datum,
    at: At,
    gather: &mut Gather,
) -> Option<Vec<Coord<f64>>> {
    let wrong = |what: &str, hint: &str| Some(fault::s009_geometry(what, hint));
    let draw = "draw the segment as one line along the road, from one end to the other";
    let fault = match shape {
        Some(GeometryValue::LineString { coordinates }) => {
            let mut line = course(coordinates, datum, at, gather)?;
            line.dedup();
            if line.len() >= 2 {
                return Some(line);
            }
            wrong("the line has fewer than two different points", draw)
        }
        Some(GeometryValue::MultiLineString { .. }) => wrong(
            "a MultiLineString is not one course",
            "split it into segments, or join its parts",
        ),
        Some(other) => wrong(
            &format!("a segment cannot be a {}", other.type_name()),
            draw,
        ),
        None => wrong("the feature has no geometry", draw),
    };
    gather.fault(at, fault?);
    None
}

/// The area of a zone.
pub(crate) fn area(
    shape: Option<&GeometryValue>,
    datum: Datum,
    at: At,
    gather: &mut Gather,
) -> Option<MultiPolygon<f64>> {
    let found = match shape {
        Some(GeometryValue::Polygon { coordinates }) => {
            polygon(coordinates, datum, at, gather).map(|polygon| MultiPolygon(vec![polygon]))
        }
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            let parts = coordinates
                .iter()
                .map(|rings| polygon(rings, datum, at, gather));
            parts.collect::<Result<Vec<_>>>().map(MultiPolygon)
        }
        other => {
            let what = match other {
                Some(other) => format!("a zone cannot be a {}", other.type_name()),
                None => "the feature has no geometry".to_owned(),
            };
            let hint = "draw the zone as a Polygon or MultiPolygon";
            Err(fault::s009_geometry(what, hint).into())
        }
    };
    match found {
        Ok(area) => Some(area),
        Err(errors) => {
            gather.faults(at, errors);
            None
        }
    }
}

/// A polygon of closed rings. No errors in `Err`: already reported.
fn polygon(
    rings: &[Vec<Position>],
    datum: Datum,
    at: At,
    gather: &mut Gather,
) -> Result<Polygon<f64>> {
    let mut lines = Vec::with_capacity(rings.len());
    for ring in rings {
        if ring.len() < 4 || ring.first() != ring.last() {
            let what = format!("a ring of {} points is not closed", ring.len());
            let hint = "a ring has at least four points, the last the same as the first";
            return Err(fault::s009_geometry(what, hint).into());
        }
        lines.push(LineString(
            course(ring, datum, at, gather).ok_or_else(Errors::default)?,
        ));
    }
    if lines.is_empty() {
        return Err(fault::s009_geometry("the polygon is empty", "draw its outline").into());
    }
    let outline = lines.remove(0);
    Ok(Polygon::new(outline, lines))
}

/// Whether an area holds a site, or all points of a segment; its edge belongs to it.
pub(crate) fn holds(area: &MultiPolygon<f64>, shape: &Shape) -> bool {
    let inside = |at: &Coord<f64>| area.intersects(&Point(*at));
    match shape {
        Shape::Site(at) => inside(at),
        Shape::Segment { line, .. } => line.iter().all(inside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64) -> MultiPolygon<f64> {
        let ring = [(x, 0.0), (x + 1.0, 0.0), (x + 1.0, 1.0), (x, 1.0), (x, 0.0)];
        MultiPolygon(vec![Polygon::new(
            LineString::from(ring.to_vec()),
            Vec::new(),
        )])
    }

    #[test]
    fn a_segment_lies_in_a_zone_with_all_its_points() {
        let shape = |ends: [f64; 2]| Shape::Segment {
            line: ends.map(|x| Coord { x, y: 0.5 }).to_vec(),
            both_ways: true,
        };
        assert!(holds(&square(0.0), &shape([0.2, 1.0])));
        assert!(!holds(&square(0.0), &shape([0.2, 1.1])));
        assert!(holds(&square(2.0), &Shape::Site(Coord { x: 2.0, y: 0.0 })));
    }
}
