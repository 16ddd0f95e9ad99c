//! Geometries of `GeoJSON`, sorted out as they are parsed: positions, lines, and the rest.

use std::fmt;

use geo::Coord;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::SeqAccess;
use serde::de::Visitor;

/// What a feature looks like.
#[derive(Debug, Default)]
pub(super) enum Shape {
    Points(Vec<Coord<f64>>),
    Lines(Vec<Vec<Coord<f64>>>),
    Area,
    #[default]
    Other,
}

/// A geometry as written.
#[derive(Deserialize)]
pub(super) struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Coordinates,
    #[serde(default)]
    geometries: Vec<Geometry>,
}

impl Geometry {
    pub(super) fn shape(self) -> Shape {
        match (self.kind.as_str(), self.coordinates) {
            ("Point", Coordinates::Position(p)) => Shape::Points(vec![p]),
            ("MultiPoint", Coordinates::Positions(points)) => Shape::Points(points),
            ("LineString", Coordinates::Positions(line)) => Shape::Lines(vec![line]),
            ("MultiLineString", Coordinates::Lines(lines)) => Shape::Lines(lines),
            ("Polygon" | "MultiPolygon", _) => Shape::Area,
            ("GeometryCollection", _) => {
                let shapes = self.geometries.into_iter().map(Self::shape);
                let lines: Vec<_> = shapes
                    .filter_map(|shape| match shape {
                        Shape::Lines(lines) => Some(lines),
                        _ => None,
                    })
                    .flatten()
                    .collect();
                if lines.is_empty() {
                    Shape::Other
                } else {
                    Shape::Lines(lines)
                }
            }
            _ => Shape::Other,
        }
    }
}

/// Coordinates of any depth, sorted out as they are parsed.
#[derive(Debug, Default)]
enum Coordinates {
    #[default]
    Empty,
    Number(f64),
    Position(Coord<f64>),
    Positions(Vec<Coord<f64>>),
    Lines(Vec<Vec<Coord<f64>>>),
    /// Polygons of several kinds, not kept.
    Deeper,
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Nest;
        impl<'de> Visitor<'de> for Nest {
            type Value = Coordinates;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("coordinates")
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Coordinates, E> {
                Ok(Coordinates::Number(number))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Coordinates, E> {
                Ok(Coordinates::Number(number as f64))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Coordinates, E> {
                Ok(Coordinates::Number(number as f64))
            }

            fn visit_unit<E: Error>(self) -> Result<Coordinates, E> {
                Ok(Coordinates::Empty)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Coordinates, A::Error> {
                let mut nest = Coordinates::Empty;
                let mut numbers = 0;
                while let Some(item) = list.next_element::<Coordinates>()? {
                    if matches!(item, Coordinates::Number(_)) {
                        numbers += 1;
                    }
                    nest = nest.add(item, numbers).ok_or_else(|| {
                        A::Error::custom("coordinates of several depths, or no position")
                    })?;
                }
                match (numbers, nest) {
                    // A lone number is no position.
                    (1, _) => Err(A::Error::custom("a position needs two numbers")),
                    (_, nest) => Ok(nest),
                }
            }
        }
        json.deserialize_any(Nest)
    }
}

impl Coordinates {
    /// The list with one more item; `numbers` of its items are numbers so far. `None` where
    /// the item does not go with the others.
    fn add(self, item: Self, numbers: u32) -> Option<Self> {
        Some(match (self, item) {
            (Self::Empty, Self::Number(x)) if numbers == 1 => Self::Position(Coord { x, y: 0.0 }),
            (Self::Position(p), Self::Number(y)) if numbers == 2 => {
                Self::Position(Coord { x: p.x, y })
            }
            // Heights and measures are not kept.
            (Self::Position(p), Self::Number(_)) if numbers > 2 => Self::Position(p),
            (Self::Empty, Self::Position(p)) => Self::Positions(vec![p]),
            (Self::Positions(mut line), Self::Position(p)) => {
                line.push(p);
                Self::Positions(line)
            }
            (Self::Empty, Self::Positions(line)) => Self::Lines(vec![line]),
            (Self::Lines(mut lines), Self::Positions(line)) => {
                lines.push(line);
                Self::Lines(lines)
            }
            (Self::Empty | Self::Deeper, Self::Lines(_) | Self::Deeper) => Self::Deeper,
            (nest, Self::Empty) if numbers == 0 => nest,
            _ => return None,
        })
    }
}
