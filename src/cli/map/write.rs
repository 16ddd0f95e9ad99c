//! What `roundsman map table` writes: travel, places, ways.

use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;

use serde_json::json;

use crate::error::Error;
use crate::error::Result;
use crate::ids::VertexId;
use crate::io::write_bit_by_bit;
use crate::roads::Miss;
use crate::roads::RoadGraph;
use crate::roads::Snap;
use crate::roads::read::Points;
use crate::travel::Leg;
use crate::travel::Trips;
use crate::units::Millimetres;
use crate::units::Millis;

/// Points on their roads.
pub(super) struct Question<'a> {
    pub(super) points: &'a Points,
    pub(super) roads: &'a RoadGraph,
    pub(super) snaps: &'a [std::result::Result<Snap, Miss>],
}

/// What one writes to.
type Out<'a> = &'a mut dyn Write;

/// Writes a file, whole or not at all; without a file to stdout, where a reader that went away
/// is no error.
pub(super) fn file_or_stdout(
    file: Option<&Path>,
    write: impl FnOnce(Out<'_>) -> io::Result<()>,
) -> Result<()> {
    if let Some(file) = file {
        return write_bit_by_bit(file, write);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::io("printing", Path::new("stdout"), &e).into())
        }
        _ => Ok(()),
    }
}

impl Question<'_> {
    /// The vertices of all points that are on a road.
    pub(super) fn vertices(&self) -> Vec<VertexId> {
        self.snaps.iter().flatten().map(|s| s.vertex).collect()
    }

    /// Travel between all points, given that between all which are on a road.
    pub(super) fn table(&self, out: Out<'_>, trips: &Trips) -> io::Result<()> {
        let mut csv = rows(out, ["from", "to", "seconds", "metres"])?;
        let mut next = 0..;
        let place = |s: &std::result::Result<Snap, Miss>| s.is_ok().then(|| next.next()).flatten();
        let places: Vec<Option<usize>> = self.snaps.iter().map(place).collect();
        for (from, i) in self.points.ids.iter().zip(&places) {
            for (to, j) in self.points.ids.iter().zip(&places) {
                let trip = i.zip(*j).and_then(|(i, j)| trips.get(i, j));
                let [seconds, metres] = cells(trip);
                row(&mut csv, [from, to, &seconds, &metres])?;
            }
        }
        csv.flush()
    }

    /// Travel of some pairs.
    pub(super) fn pairs(
        &self,
        out: Out<'_>,
        pairs: &[[usize; 2]],
        legs: &[Option<Leg>],
    ) -> io::Result<()> {
        let mut csv = rows(out, ["from", "to", "seconds", "metres"])?;
        for (ends, leg) in pairs.iter().zip(legs) {
            let [from, to] = ends.map(|i| &self.points.ids[i]);
            let [seconds, metres] = cells(leg.as_ref().map(|leg| (leg.time, leg.length)));
            row(&mut csv, [from, to, &seconds, &metres])?;
        }
        csv.flush()
    }

    /// Where each point was put, and how far that is from it.
    pub(super) fn places(&self, out: Out<'_>) -> io::Result<()> {
        let [x, y] = if self.points.planar {
            ["x", "y"]
        } else {
            ["lon", "lat"]
        };
        let mut csv = rows(out, ["id", x, y, "metres_off"])?;
        for (id, snap) in self.points.ids.iter().zip(self.snaps) {
            let (at, off) = match snap {
                Ok(snap) => (
                    Some(self.roads.position(snap.vertex)),
                    Some(snap.distance_metres),
                ),
                Err(miss) => (None, miss.nearest_metres),
            };
            let [x, y] = match at {
                Some(at) => [at.x, at.y].map(|c| self.coordinate(c).to_string()),
                None => Default::default(),
            };
            let off = off.map(|metres| format!("{metres:.2}")).unwrap_or_default();
            row(&mut csv, [id, &x, &y, &off])?;
        }
        csv.flush()
    }

    /// The ways of some pairs as GeoJSON lines.
    pub(super) fn routes(
        &self,
        out: Out<'_>,
        pairs: &[[usize; 2]],
        legs: &[Option<Leg>],
    ) -> io::Result<()> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        let found = pairs.iter().zip(legs);
        let found = found.filter_map(|(ends, leg)| leg.as_ref().map(|leg| (ends, leg)));
        for (k, (ends, leg)) in found.enumerate() {
            let [from, to] = ends.map(|i| &self.points.ids[i]);
            let mut line: Vec<[f64; 2]> = leg.vertices.iter().map(|&v| self.lies(v)).collect();
            if let [single] = line[..] {
                // A line has two ends, even one that goes nowhere.
                line.push(single);
            }
            let nodes = leg.vertices.iter().map(|&v| self.roads.reference(v));
            let feature = json!({
                "type": "Feature",
                "properties": {
                    "from": from,
                    "to": to,
                    "seconds": leg.time.0 as f64 / 1000.0,
                    "metres": leg.length.0 as f64 / 1000.0,
                    "nodes": nodes.collect::<Vec<i64>>(),
                },
                "geometry": { "type": "LineString", "coordinates": line },
            });
            let comma = if k == 0 { "\n" } else { ",\n" };
            write!(out, "{comma}{feature}")?;
        }
        out.write_all(b"\n]}\n")
    }

    fn lies(&self, v: VertexId) -> [f64; 2] {
        let at = self.roads.position(v);
        [at.x, at.y].map(|c| self.coordinate(c))
    }

    /// A coordinate without the digits that mean nothing: a centimetre or a millimetre.
    fn coordinate(&self, c: f64) -> f64 {
        let unit = if self.points.planar { 1e3 } else { 1e7 };
        (c * unit).round() / unit
    }
}

/// A table with these columns.
fn rows<'a>(out: Out<'a>, columns: [&str; 4]) -> io::Result<csv::Writer<Out<'a>>> {
    let mut csv = csv::Writer::from_writer(out);
    row(&mut csv, columns)?;
    Ok(csv)
}

/// Adds a row; an error keeps its kind, which the table's own conversion would lose.
fn row(csv: &mut csv::Writer<Out<'_>>, cells: [&str; 4]) -> io::Result<()> {
    csv.write_record(cells).map_err(|e| match e.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// Seconds and metres to a thousandth; empty where there is no way.
fn cells(trip: Option<(Millis, Millimetres)>) -> [String; 2] {
    let thousandths = |n: i64| format!("{}.{:03}", n / 1000, n % 1000);
    trip.map_or_else(Default::default, |(time, length)| {
        [time.0, length.0].map(thousandths)
    })
}
