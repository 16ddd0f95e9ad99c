//! The parts of `GeoJSON` that road layers need, parsed without keeping the rest.

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use serde::de::Error;
use serde::de::IgnoredAny;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;

use super::Layer;
use super::geometry::Geometry;
use super::geometry::Shape;
use crate::roads::read::fault::Fault;
use crate::roads::read::tags;

/// A feature with the tags and lines of interest.
#[derive(Debug, Default)]
pub(super) struct Feature {
    /// The number in an id such as `way/123`.
    pub(super) id: Option<i64>,
    pub(super) shape: Shape,
    pub(super) tags: Vec<(String, String)>,
}

/// One document: a feature collection or a feature, handed to the layer.
pub(super) struct Document<'a>(pub(super) &'a mut Layer);

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON feature collection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut kind = String::new();
        let mut features_seen = false;
        let mut parts = FeatureParts::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => kind = map.next_value()?,
                "features" => {
                    map.next_value_seed(Features(&mut *self.0))?;
                    features_seen = true;
                }
                "crs" => {
                    let crs: Option<Crs> = map.next_value()?;
                    let name = crs.map_or_else(|| "CRS84".to_owned(), |crs| crs.properties.name);
                    let taken = self.0.coordinate_system(&name);
                    taken.or_else(|fault| stop(self.0, fault))?;
                }
                _ => parts.member(&key, &mut map)?,
            }
        }
        match (kind.as_str(), features_seen) {
            ("FeatureCollection", true) => Ok(()),
            ("FeatureCollection", false) => Err(A::Error::missing_field("features")),
            ("Feature", _) => take(self.0, parts.feature()),
            ("Topology", _) => Err(A::Error::custom("TopoJSON, not GeoJSON")),
            ("", _) => Err(A::Error::missing_field("type")),
            _ => Err(A::Error::custom("no GeoJSON feature or feature collection")),
        }
    }
}

/// The member `crs` of older files.
#[derive(Deserialize)]
struct Crs {
    properties: CrsName,
}

#[derive(Deserialize)]
struct CrsName {
    name: String,
}

/// The member `features`, handed to the layer one by one.
struct Features<'a>(&'a mut Layer);

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        while let Some(parts) = features.next_element::<FeatureParts>()? {
            take(self.0, parts.feature())?;
        }
        Ok(())
    }
}

/// Hands a feature to the layer.
fn take<E: Error>(layer: &mut Layer, feature: Feature) -> Result<(), E> {
    let taken = layer.feature(feature);
    taken.or_else(|fault| stop(layer, fault))
}

/// Ends parsing; the layer keeps the reason.
fn stop<E: Error>(layer: &mut Layer, fault: Fault) -> Result<(), E> {
    layer.fault = Some(fault);
    Err(E::custom("refused"))
}

/// The members of a feature as they come.
#[derive(Default)]
struct FeatureParts {
    id: Id,
    geometry: Option<Geometry>,
    properties: Properties,
}

impl FeatureParts {
    fn member<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "id" => self.id = map.next_value()?,
            "geometry" => self.geometry = map.next_value()?,
            "properties" => {
                self.properties = map.next_value::<Option<_>>()?.unwrap_or_default();
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn feature(self) -> Feature {
        Feature {
            id: self.id.0.or(self.properties.id.0),
            shape: self.geometry.map_or(Shape::Other, Geometry::shape),
            tags: self.properties.tags,
        }
    }
}

impl<'de> Deserialize<'de> for FeatureParts {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = FeatureParts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a feature")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FeatureParts, A::Error> {
                let mut parts = FeatureParts::default();
                while let Some(key) = map.next_key::<String>()? {
                    parts.member(&key, &mut map)?;
                }
                Ok(parts)
            }
        }
        json.deserialize_map(Parts)
    }
}

/// An id: a number, or a text that ends in one after a slash.
#[derive(Clone, Copy, Default)]
struct Id(Option<i64>);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        Ok(Self(Scalar::deserialize(json)?.0.and_then(|text| {
            let number = text.rsplit('/').next()?;
            number.parse().ok()
        })))
    }
}

/// A property's value as the text of a tag; `None` for null, lists and objects.
struct Scalar(Option<String>);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(Some(text.to_owned())))
            }

            fn visit_bool<E: Error>(self, truth: bool) -> Result<Scalar, E> {
                self.visit_str(if truth { "yes" } else { "no" })
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(Some(number.to_string())))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(Some(number.to_string())))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(Some(number.to_string())))
            }

            fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
                Ok(Scalar(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }
        }
        json.deserialize_any(Text)
    }
}

/// The properties of interest.
#[derive(Default)]
struct Properties {
    id: Id,
    tags: Vec<(String, String)>,
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Tagged;
        impl<'de> Visitor<'de> for Tagged {
            type Value = Properties;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("properties")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
                let mut properties = Properties::default();
                while let Some(key) = map.next_key::<String>()? {
                    properties.property(key, &mut map)?;
                }
                Ok(properties)
            }
        }
        json.deserialize_map(Tagged)
    }
}

impl Properties {
    fn property<'de, A: MapAccess<'de>>(
        &mut self,
        key: String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match key.as_str() {
            "id" | "@id" | "osm_id" => {
                let id: Id = map.next_value()?;
                self.id.0 = self.id.0.or(id.0);
            }
            // One level down in files by osmtogeojson, one text in files by GDAL.
            "tags" => self.tags.extend(map.next_value::<Nested>()?.0),
            "other_tags" => {
                let text = map.next_value::<Scalar>()?.0;
                self.tags.extend(hstore(&text.unwrap_or_default()));
            }
            key_text if is_of_interest(key_text) => {
                if let Some(value) = map.next_value::<Scalar>()?.0 {
                    self.tags.push((key, value));
                }
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

fn is_of_interest(key: &str) -> bool {
    matches!(key, "area" | "class" | "route") || tags::is_way_key(key) || tags::is_node_key(key)
}

/// Tags that are themselves an object.
struct Nested(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let properties = Option::<Properties>::deserialize(json)?;
        Ok(Self(properties.unwrap_or_default().tags))
    }
}

/// The pairs of a text such as `"oneway"=>"yes","lit"=>"no"`, up to where it goes wrong.
fn hstore(text: &str) -> Vec<(String, String)> {
    let mut rest = text;
    let mut pairs = Vec::new();
    while let Some((key, after)) = quoted(rest) {
        let Some((value, after)) = after.strip_prefix("=>").and_then(quoted) else {
            break;
        };
        if is_of_interest(&key) {
            pairs.push((key, value));
        }
        rest = after.strip_prefix(',').unwrap_or_default();
    }
    pairs
}

/// The quoted text at the front, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut value = String::new();
    let mut chars = inside.char_indices();
    while let Some((i, c)) = chars.next() {
        match c {
            '"' => return Some((value, &inside[i + 1..])),
            '\\' => value.push(chars.next()?.1),
            _ => value.push(c),
        }
    }
    None
}
