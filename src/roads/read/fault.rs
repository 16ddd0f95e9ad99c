//! What can be wrong with a map file, before it is known where.

use std::io;
use std::path::Path;

use geo::Coord;

use super::source::TooMuch;
use crate::error::Error;
use crate::roads::NEW_IDS;

/// Something wrong; the reader that meets it adds the place.
#[derive(Debug)]
pub(super) enum Fault {
    /// The system cannot read on.
    Io(io::Error),
    /// The file does not keep to its format.
    Damaged(String),
    /// The file claims more than is believable.
    TooMuch(String),
    /// An id beyond all use.
    Id(i64),
    /// A position that is none.
    Position(Coord<f64>),
    /// A value of the wrong kind: what, and the value.
    Value(String, String),
    /// A part of the format that is not read here, and what to do.
    Unsupported(String, &'static str),
}

impl Fault {
    /// The file does not keep to its format.
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// As an error without a place.
    pub(super) fn error(self) -> Error {
        match self {
            Self::Io(cause) => Error::io("reading the map", Path::new(""), &cause),
            Self::Damaged(what) => Error::input("R005", what)
                .hint("the file is cut short, damaged or of another format: fetch it again"),
            Self::TooMuch(what) => Error::input("R006", what)
                .hint("no map is like this: the file is damaged or made to do harm"),
            Self::Id(id) => Error::input("R009", "id out of range")
                .value(id)
                .hint(format!("ids lie between -{NEW_IDS} and {NEW_IDS}")),
            Self::Position(at) => Error::input("R007", "position out of range")
                .value(format_args!("{} {}", at.x, at.y))
                .hint(
                    "longitudes lie within 180 and latitudes within 90 degrees (convert the map to WGS-84 first), planar metres within 100 million",
                ),
            Self::Value(what, value) => Error::input("R012", what)
                .value(clip(&value))
                .hint("the file is damaged or was edited by hand: mend the value"),
            Self::Unsupported(what, hint) => Error::input("R010", what).hint(hint),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(cause: io::Error) -> Self {
        if let Some(refusal) = cause.get_ref().and_then(|e| e.downcast_ref::<TooMuch>()) {
            return refusal.to_owned().into();
        }
        match cause.kind() {
            io::ErrorKind::UnexpectedEof => Self::damaged("the file ends too early"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Self::damaged(cause.to_string())
            }
            _ => Self::Io(cause),
        }
    }
}

impl From<TooMuch> for Fault {
    fn from(refusal: TooMuch) -> Self {
        Self::TooMuch(refusal.to_string())
    }
}

/// A position in degrees.
pub(super) fn degrees(lon: f64, lat: f64) -> Result<Coord<f64>, Fault> {
    let at = Coord { x: lon, y: lat };
    if lon.abs() <= 180.0 && lat.abs() <= 90.0 {
        Ok(at)
    } else {
        Err(Fault::Position(at))
    }
}

/// Metres beyond which no planar grid goes: more than twice round the earth.
const MAX_METRES: f64 = 1e8;

/// A position in planar metres.
pub(super) fn planar_metres(x: f64, y: f64) -> Result<Coord<f64>, Fault> {
    let at = Coord { x, y };
    if x.abs() <= MAX_METRES && y.abs() <= MAX_METRES {
        Ok(at)
    } else {
        Err(Fault::Position(at))
    }
}

/// The start of a value of unknown length, for messages.
pub(super) fn clip(value: &str) -> &str {
    const MAX_CHARS: usize = 60;
    let end = value.char_indices().nth(MAX_CHARS);
    end.map_or(value, |(i, _)| &value[..i])
}
