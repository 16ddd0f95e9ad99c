//! The scenario's files as JSON Schema, from the same tables that the readers use.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::scenario::columns;
use crate::scenario::fields::SECTIONS;
use crate::scenario::form::Field;
use crate::scenario::form::Form;
use crate::scenario::form::Type;

/// JSON Schema (2020-12) of `scenario.toml`; under `$defs`, of a row of each CSV layer
/// (`site`, `order`, `person`, `leave`, `request`, `history`, `totals`) and of the properties of a feature of each GeoJSON layer
/// (`segment`, `zone`). Cells of CSV are text in the same spelling.
pub fn schema() -> Value {
    let mut properties = Map::new();
    for section in &SECTIONS {
        let table = form(section.form);
        let value = match section.many {
            true => json!({ "type": "array", "items": table }),
            false => table,
        };
        properties.insert(section.name.to_owned(), value);
    }
    let needed = SECTIONS.iter().filter(|section| section.needed);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "roundsman scenario.toml",
        "type": "object",
        "properties": properties,
        "required": needed.map(|section| section.name).collect::<Vec<_>>(),
        "additionalProperties": false,
        "$defs": {
            "site": form(&columns::SITE),
            "segment": form(&columns::SEGMENT),
            "zone": form(&columns::ZONE),
            "order": form(&columns::ORDER),
            "person": form(&columns::PERSON),
            "leave": form(&columns::LEAVE),
            "request": form(&columns::REQUEST),
            "history": form(&columns::HISTORY),
            "totals": form(&columns::TOTALS),
        },
    })
}

fn form(form: &Form) -> Value {
    let entry = |field: &'static Field| (field.name.to_owned(), described(field));
    let needed = form.fields().filter(|field| field.needed);
    json!({
        "description": form.doc,
        "type": "object",
        "properties": form.fields().map(entry).collect::<Map<_, _>>(),
        "required": needed.map(|field| field.name).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

fn described(field: &Field) -> Value {
    let mut value = kind(field.kind);
    if let Value::Object(object) = &mut value {
        object.insert("description".to_owned(), field.doc.into());
        if !field.zh.is_empty() {
            object.insert("x-header-zh".to_owned(), field.zh.into());
        }
    }
    value
}

fn kind(kind: Type) -> Value {
    let text = json!({ "type": "string" });
    let duration = json!({ "type": ["string", "number"], "minimum": 0 });
    let words = json!({ "type": ["array", "string"], "items": text });
    match kind {
        Type::Key => json!({ "type": "string", "pattern": "^[\\p{L}\\p{N}_.-]{1,64}$" }),
        Type::Text | Type::Word | Type::Windows | Type::Authority => text,
        Type::Ago | Type::Spacing | Type::Duration | Type::Age => duration,
        Type::Clock => json!({ "type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$" }),
        Type::Instant => json!({ "type": "string", "examples": ["2026-11-23T06:00"] }),
        Type::Date => json!({ "type": "string", "examples": ["2026-11-23"] }),
        Type::Moment => {
            json!({ "type": "string", "examples": ["2026-11-23", "2026-11-23T14:00"] })
        }
        Type::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Type::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Type::Number(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Type::YesNo => json!({ "type": "boolean" }),
        Type::Words | Type::Weekdays => words,
        Type::Hours(count) => json!({
            "type": "array",
            "items": { "type": "number", "minimum": 0 },
            "minItems": count,
            "maxItems": count,
        }),
        Type::Choice(choices) => {
            json!({ "enum": choices.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
        }
        Type::Speeds => json!({
            "type": "object",
            "additionalProperties": { "type": "number", "minimum": 0, "maximum": 300 },
        }),
        Type::Steps => json!({
            "type": "array",
            "items": { "type": "array", "prefixItems": [duration, { "type": "integer" }], "minItems": 2, "maxItems": 2 },
        }),
        Type::Tables(table) => json!({ "type": "array", "items": form(table) }),
    }
}
