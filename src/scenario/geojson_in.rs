//! GeoJSON layers to records with a geometry each.

use geojson::Feature;
use geojson::FeatureCollection;
use geojson::GeoJson;
use geojson::GeometryValue;
use serde_json::Value;

use crate::scenario::fault;
use crate::scenario::form::Form;
use crate::scenario::gather::At;
use crate::scenario::gather::Gather;
use crate::scenario::record::Cell;
use crate::scenario::record::Raw;
use crate::scenario::record::Record;
use crate::scenario::text::Source;

/// A feature: its properties and its shape, if it has one.
#[derive(Debug)]
pub(crate) struct Shaped {
    /// Properties.
    pub(crate) record: Record,
    /// Geometry as given.
    pub(crate) shape: Option<GeometryValue>,
}

/// The features of a GeoJSON source with properties of `form`; `None` when it is refused as a
/// whole. `planar`: coordinates are
/// metres, so any reference system will do.
pub(crate) fn read(
    source: &Source,
    form: &'static Form,
    planar: bool,
    gather: &mut Gather,
) -> Option<Vec<Shaped>> {
    let collection = match serde_json::from_str::<GeoJson>(&source.text) {
        Ok(GeoJson::FeatureCollection(collection)) => collection,
        Ok(_) => {
            gather.fault(source.at, fault::s008_geojson("not a FeatureCollection"));
            return None;
        }
        Err(error) => {
            let at = At {
                line: error.line() as u32,
                column: error.column() as u32,
                ..source.at
            };
            let what = format!("not valid GeoJSON: {}", bare(&error));
            gather.fault(at, fault::s008_geojson(what));
            return None;
        }
    };
    if let (Some(crs), false) = (foreign_crs(&collection), planar) {
        let error = fault::s008_geojson("coordinates are not longitude and latitude")
            .value(crs)
            .hint("export the layer in EPSG:4326 (WGS 84)");
        gather.fault(source.at, error);
        return None;
    }
    let spans = feature_spans(&source.text);
    let mut shaped = Vec::with_capacity(collection.features.len());
    for (index, feature) in collection.features.into_iter().enumerate() {
        let span = spans.get(index).cloned().unwrap_or(0..0);
        let properties = Properties {
            source,
            text: source.text.get(span.clone()).unwrap_or_default(),
            start: span.start,
        };
        shaped.push(Shaped {
            record: properties.record(&feature, index, form, gather),
            shape: feature.geometry.map(|geometry| geometry.value),
        });
    }
    Some(shaped)
}

/// A JSON error without its place, which is told apart.
fn bare(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// The name of a coordinate reference system other than longitude and latitude.
fn foreign_crs(collection: &FeatureCollection) -> Option<String> {
    let crs = collection.foreign_members.as_ref()?.get("crs")?;
    let name = crs.pointer("/properties/name")?.as_str()?;
    let known = ["CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4490"];
    let plain = known.iter().any(|suffix| name.ends_with(suffix));
    (!plain).then(|| name.to_owned())
}

/// A feature's text, to find the places of its properties.
struct Properties<'a> {
    source: &'a Source,
    text: &'a str,
    start: usize,
}

impl Properties<'_> {
    fn record(
        &self,
        feature: &Feature,
        index: usize,
        form: &'static Form,
        gather: &mut Gather,
    ) -> Record {
        let mut record = Record::new(form, self.source.place(self.start));
        for (name, value) in feature.properties.iter().flatten() {
            let at = self.place(name);
            let Some(field) = form.find(name) else {
                let known = form.spellings();
                gather.fault(at, fault::s004_unknown("property", form.title, name, known));
                continue;
            };
            match raw(value, at) {
                Some(raw) => record.set(field.name, Cell { at, raw }),
                None => {
                    let error =
                        fault::s006_type(name, "a text, a number or a list of texts", kind(value));
                    gather.fault(at, error);
                    record.spoil(field.name);
                }
            }
        }
        if let (false, Some(id)) = (record.has("id"), &feature.id) {
            let text = match id {
                geojson::feature::Id::String(text) => text.clone(),
                geojson::feature::Id::Number(number) => number.to_string(),
            };
            record.set(
                "id",
                Cell {
                    at: record.at,
                    raw: Raw::Text(text),
                },
            );
        }
        if !record.has("id") {
            let what = format!("`id` of feature {} of {}", index + 1, form.title);
            gather.fault(record.at, fault::s005_missing(what, "it is the key"));
        }
        record
    }

    /// Where a property stands: its first mention as a key in the feature's text.
    fn place(&self, name: &str) -> At {
        let quoted = Value::from(name).to_string();
        let is_key = |at: &usize| {
            let rest = &self.text[at + quoted.len()..];
            rest.trim_start().starts_with(':')
        };
        let found = self
            .text
            .match_indices(&quoted)
            .map(|(at, _)| at)
            .find(is_key);
        self.source.place(self.start + found.unwrap_or(0))
    }
}

/// A property's value; `None` for objects and nested lists.
fn raw(value: &Value, at: At) -> Option<Raw> {
    let scalar = |value: &Value| match value {
        Value::Null => Some(String::new()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    };
    if let Value::Array(items) = value {
        let cell = |item: &Value| {
            let raw = Raw::Text(scalar(item)?);
            Some(Cell { at, raw })
        };
        return items.iter().map(cell).collect::<Option<_>>().map(Raw::List);
    }
    scalar(value).map(Raw::Text)
}

/// What a JSON value is, for messages.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a nested list",
        _ => "a value",
    }
}

/// Byte ranges of the features of valid GeoJSON: the objects directly inside a list
/// directly inside the outermost object.
fn feature_spans(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut spans = Vec::new();
    let (mut open, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                if byte == b'{' && open == [b'{', b'['] {
                    start = at;
                }
                open.push(byte);
            }
            b'}' | b']' => {
                open.pop();
                if byte == b'}' && open == [b'{', b'['] {
                    spans.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::columns::ZONE;

    #[test]
    fn features_and_properties_know_their_place() {
        let text = r#"{"type": "FeatureCollection", "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
"features": [
 {"type": "Feature", "properties": {"名称": "a}\"[", "id": 7}, "geometry": null},
 {"type": "Feature", "id": "b",
  "properties": {"nmae": "x"}, "geometry": null}]}"#;
        let mut gather = Gather::default();
        let at = gather.file(std::path::Path::new("zones.geojson"));
        let shaped =
            read(&Source::new(text.to_owned(), at), &ZONE, false, &mut gather).expect("features");
        assert_eq!(shaped[0].record.text("id"), Some("7"));
        assert_eq!(shaped[0].record.at("id").line, 3);
        assert_eq!(shaped[1].record.text("id"), Some("b"));
        let errors = gather.finish().0;
        assert_eq!(errors.len(), 1);
        assert_eq!(
            (errors[0].code, errors[0].line, errors[0].column),
            ("S004", Some(5), Some(18))
        );
    }

    #[test]
    fn projected_layers_are_refused() {
        let text = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"features":[]}"#;
        let mut gather = Gather::default();
        let at = gather.file(std::path::Path::new("zones.geojson"));
        read(&Source::new(text.to_owned(), at), &ZONE, false, &mut gather);
        assert_eq!(gather.finish().0[0].code, "S008");
    }
}
