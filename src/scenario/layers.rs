//! The files that `[layers]` names, as records.

use std::path::Path;
use std::path::PathBuf;

use crate::datum::Datum;
use crate::scenario::columns;
use crate::scenario::csv_in;
use crate::scenario::form::Form;
use crate::scenario::gather::Gather;
use crate::scenario::geojson_in;
use crate::scenario::geojson_in::Shaped;
use crate::scenario::maps;
use crate::scenario::record::Record;
use crate::scenario::text::LAYER_CAP;
use crate::scenario::text::Source;

/// The layers as records.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Sites.
    pub(crate) sites: Vec<Record>,
    /// Segments.
    pub(crate) segments: Vec<Shaped>,
    /// Zones.
    pub(crate) zones: Vec<Shaped>,
    /// Orders.
    pub(crate) orders: Vec<Record>,
    /// People.
    pub(crate) people: Vec<Record>,
    /// Leave.
    pub(crate) leave: Vec<Record>,
    /// Requests.
    pub(crate) requests: Vec<Record>,
    /// The roster before.
    pub(crate) history: Vec<Record>,
    /// What the rosters before add up to.
    pub(crate) totals: Vec<Record>,
    /// The incidents file, which is only known to exist.
    pub(crate) incidents: Option<PathBuf>,
    /// Whether sites or segments are missing because their file was refused.
    pub(crate) lacks_targets: bool,
    /// Whether zones are missing because their file was refused.
    pub(crate) lacks_zones: bool,
    /// Whether people are missing because their file was refused.
    pub(crate) lacks_people: bool,
}

impl Layers {
    /// Reads the layers that are named.
    pub(crate) fn read(
        record: Option<&Record>,
        folder: &Path,
        datum: Datum,
        gather: &mut Gather,
    ) -> Self {
        let Some(record) = record else {
            return Self::default();
        };
        let incidents = record.text("incidents").map(|file| folder.join(file));
        if let Some(file) = &incidents {
            maps::check_file(file, record.at("incidents"), gather);
        }
        let mut files = Files {
            record,
            folder,
            planar: datum.is_planar(),
            gather,
        };
        let sites = files.rows("sites", &columns::SITE);
        let segments = files.features("segments", &columns::SEGMENT);
        let zones = files.features("zones", &columns::ZONE);
        let orders = files.rows("orders", &columns::ORDER);
        let people = files.rows("people", &columns::PERSON);
        let leave = files.rows("leave", &columns::LEAVE);
        let requests = files.rows("requests", &columns::REQUEST);
        let history = files.rows("history", &columns::HISTORY);
        let totals = files.rows("totals", &columns::TOTALS);
        Self {
            lacks_targets: sites.is_none() || segments.is_none(),
            lacks_zones: zones.is_none(),
            lacks_people: people.is_none(),
            sites: sites.unwrap_or_default(),
            segments: segments.unwrap_or_default(),
            zones: zones.unwrap_or_default(),
            orders: orders.unwrap_or_default(),
            people: people.unwrap_or_default(),
            leave: leave.unwrap_or_default(),
            requests: requests.unwrap_or_default(),
            history: history.unwrap_or_default(),
            totals: totals.unwrap_or_default(),
            incidents,
        }
    }
}

/// The files that a record names.
struct Files<'a> {
    record: &'a Record,
    folder: &'a Path,
    planar: bool,
    gather: &'a mut Gather,
}

impl Files<'_> {
    /// The rows of a CSV layer: none when it is not named, `None` when it is refused.
    fn rows(&mut self, name: &str, form: &'static Form) -> Option<Vec<Record>> {
        let Some(file) = self.record.text(name) else {
            return Some(Vec::new());
        };
        let source = Source::read(&self.folder.join(file), LAYER_CAP, self.gather)?;
        csv_in::read(&source, form, self.gather)
    }

    /// The features of a GeoJSON layer, likewise.
    fn features(&mut self, name: &str, form: &'static Form) -> Option<Vec<Shaped>> {
        let Some(file) = self.record.text(name) else {
            return Some(Vec::new());
        };
        let source = Source::read(&self.folder.join(file), LAYER_CAP, self.gather)?;
        geojson_in::read(&source, form, self.planar, self.gather)
    }
}
