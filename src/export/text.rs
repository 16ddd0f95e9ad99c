//! The question as a file: one item a line, equal questions to equal bytes.

use serde::Serialize;
use serde_json::Value;

use crate::error::Error;
use crate::error::Result;

use super::question::Question;

/// A question as JSON, one list item (and one row of a table) a line.
///
/// # Errors
/// None that a question can cause; an internal one otherwise.
pub fn to_text(question: &Question) -> Result<String> {
    let mut text = format!("{{\n\"version\":{}", question.version);
    field(&mut text, "scenario", &question.scenario)?;
    field(&mut text, "start", &question.start)?;
    field(&mut text, "horizon", &question.horizon)?;
    field(&mut text, "planar", &question.planar)?;
    field(&mut text, "order_point", &question.order_point)?;
    list(&mut text, "spots", &question.spots)?;
    text += ",\n\"profiles\":[";
    for (i, profile) in question.profiles.iter().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        text += &format!("{comma}\n{{\"name\":{}", compact(&profile.name)?);
        list(&mut text, "seconds", &profile.seconds)?;
        field(&mut text, "visits", &profile.visits)?;
        text.push('}');
    }
    text.push(']');
    list(&mut text, "targets", &question.targets)?;
    list(&mut text, "orders", &question.orders)?;
    list(&mut text, "units", &question.units)?;
    list(&mut text, "duties", &question.duties)?;
    text += "\n}\n";
    Ok(text)
}

fn field<T: Serialize>(text: &mut String, name: &str, value: &T) -> Result<()> {
    *text += &format!(",\n\"{name}\":{}", compact(value)?);
    Ok(())
}

/// A list with one item a line.
fn list<T: Serialize>(text: &mut String, name: &str, items: &[T]) -> Result<()> {
    let items = items.iter().map(compact).collect::<Result<Vec<_>>>()?;
    *text += &format!(",\n\"{name}\":[\n {}]", items.join(",\n "));
    Ok(())
}

fn compact<T: Serialize + ?Sized>(item: &T) -> Result<String> {
    let written = serde_json::to_string(item);
    Ok(written.map_err(|e| Error::internal(format!("writing the instance: {e}")))?)
}

/// JSON Schema (2020-12) of the file.
pub fn schema() -> Value {
    schemars::schema_for!(Question).to_value()
}
