//! Targets: sites and segments with what they take from their kinds.

use crate::ids::IdVec;
use crate::ids::TargetId;
use crate::ids::TierId;
use crate::ids::ZoneId;
use crate::scenario::effect::Curve;
use crate::scenario::fault;
use crate::scenario::gather::At;
use crate::scenario::model::Effect;
use crate::scenario::model::Risk;
use crate::scenario::model::Shape;
use crate::scenario::model::Target;
use crate::scenario::names;
use crate::scenario::names::Names;
use crate::scenario::places;
use crate::scenario::reader::Reader;
use crate::scenario::record::Record;
use crate::scenario::value;
use crate::units::Level;
use crate::units::Seconds;

/// The targets, with what only orders ask of them.
#[derive(Debug)]
pub(crate) struct Targets {
    /// The targets.
    pub(crate) items: IdVec<TargetId, Target>,
    /// Their keys.
    pub(crate) names: Names<TargetId>,
    /// The group words of each.
    pub(crate) groups: IdVec<TargetId, Vec<String>>,
    /// Where each stands.
    pub(crate) places: IdVec<TargetId, At>,
}

impl Targets {
    pub(crate) fn new() -> Self {
        Self {
            items: IdVec::new(),
            names: Names::new("target"),
            groups: IdVec::new(),
            places: IdVec::new(),
        }
    }

    /// Adds a target that stands at `record`.
    pub(crate) fn add(
        &mut self,
        reader: &mut Reader<'_>,
        record: &Record,
        target: Target,
    ) -> TargetId {
        let key = target.id.clone();
        let id = self.items.push(target);
        self.names
            .enter(reader.gather, &key, record.at("id"), vec![id]);
        self.places.push(record.at);
        id
    }
}

impl Reader<'_> {
    /// Reads the sites.
    pub(crate) fn sites(&mut self, records: Vec<Record>, targets: &mut Targets) {
        for record in records {
            let at = places::place(&record, self.datum, self.gather);
            self.target(record, Shape::Site(at.unwrap_or_default()), targets);
        }
    }

    /// Reads the segments.
    pub(crate) fn segments(
        &mut self,
        features: Vec<crate::scenario::geojson_in::Shaped>,
        targets: &mut Targets,
    ) {
        for feature in features {
            let record = feature.record;
            let line = places::line(feature.shape.as_ref(), self.datum, record.at, self.gather);
            let both_ways = record.yes(self.gather, "both_ways").unwrap_or(true);
            let line = line.unwrap_or_default();
            self.target(record, Shape::Segment { line, both_ways }, targets);
        }
    }

    /// Reads a target and adds it.
    fn target(&mut self, mut record: Record, shape: Shape, targets: &mut Targets) {
        let id = names::key(&record, self.gather, "id");
        let kind = record.text("kind").unwrap_or_default().to_owned();
        if let Some(defaults) = self.kinds.get(&kind) {
            record.fill_from(defaults);
        }
        let standard = self.some_time(&record, "standard");
        let dwell = self.dwell(&record, &shape);
        let authority = self.authority(&record);
        let risk = self.risk(&record, standard);
        let (last_visit, last_authority) = self.last_visit(&record, &authority);
        let target = Target {
            name: names::text(&record, &id),
            hard_weight: self.promise(&record, standard),
            effect: self.effect(&record, standard, &risk),
            windows: self.windows(&record, dwell),
            skills: self.skills.names.list(self.gather, &record, "skills"),
            zones: self.zones_of(&shape),
            id,
            kind,
            shape,
            standard,
            dwell,
            risk,
            authority,
            last_visit,
            last_authority,
        };
        if target.windows.is_empty() {
            let what = format!("target `{}` has no window within the horizon", target.id);
            self.warnings.push(what);
        }
        let groups = record
            .words("groups")
            .into_iter()
            .map(|(word, _)| word.to_owned());
        targets.groups.push(groups.collect());
        targets.add(self, &record, target);
    }

    /// Reads the defaults of a kind once by themselves, so that those of a kind without
    /// targets are checked too.
    pub(crate) fn check_kind(&mut self, record: &Record) {
        let standard = self.some_time(record, "standard");
        record.duration(self.gather, "dwell");
        record.whole(self.gather, "hard");
        record.number(self.gather, "risk");
        self.windows(record, Seconds::ZERO);
        self.authority(record);
        self.skills.names.list(self.gather, record, "skills");
        self.risks.names.one(self.gather, record, "risk_profile");
        let effect = self.effects.names.one(self.gather, record, "effect");
        if let (Some(effect), Some(_)) = (effect, standard)
            && let Err(errors) = self.effects.items[effect].effect(standard)
        {
            self.gather.faults(record.at("effect"), errors);
        }
    }

    fn dwell(&mut self, record: &Record, shape: &Shape) -> Seconds {
        if let (Shape::Site(_), false) = (shape, record.has("dwell")) {
            let hint = "give the row a dwell, or its kind a default in [[kind]]";
            self.gather
                .fault(record.at, fault::s005_missing("`dwell` of this site", hint));
        }
        record.duration(self.gather, "dwell").unwrap_or_default()
    }

    fn promise(&mut self, record: &Record, standard: Option<Seconds>) -> i64 {
        let weight = record.whole(self.gather, "hard").unwrap_or(0);
        if weight > 0 && standard.is_none() && !record.has("standard") {
            let error = fault::s032_no_standard("`hard` promises a standard");
            self.gather.fault(record.at("hard"), error);
        }
        weight
    }

    fn risk(&mut self, record: &Record, standard: Option<Seconds>) -> Risk {
        let usual = if standard.is_some() { 1.0 } else { 0.0 };
        let points = record.number(self.gather, "risk").unwrap_or(usual);
        let profile = self.risks.names.one(self.gather, record, "risk_profile");
        self.hours
            .risk(points, profile.map(|profile| &self.risks.items[profile]))
    }

    /// The effect curve for this target's standard.
    fn effect(&mut self, record: &Record, standard: Option<Seconds>, risk: &Risk) -> Effect {
        let named = self.effects.names.one(self.gather, record, "effect");
        let usual = Curve::default();
        let curve = named.map_or(&usual, |named| &self.effects.items[named]);
        let fault = match curve.effect(standard) {
            Ok(Some(effect)) => return effect,
            Err(errors) => {
                self.gather.faults(record.at("effect"), errors);
                None
            }
            // A standard or an effect that is wrong has been reported.
            Ok(None) if record.has("standard") || record.has("effect") && named.is_none() => None,
            Ok(None) if named.is_some() => {
                let what = "the effect is a share of the standard";
                Some((record.at("effect"), fault::s032_no_standard(what)))
            }
            Ok(None) if !risk.pieces.is_empty() => {
                let what = "risk is protected until the standard";
                Some((record.at("risk"), fault::s032_no_standard(what)))
            }
            Ok(None) => None,
        };
        if let Some((at, error)) = fault {
            self.gather.fault(at, error);
        }
        Effect::default()
    }

    /// How much a visit of each tier counts.
    pub(crate) fn authority(&mut self, record: &Record) -> IdVec<TierId, Level> {
        let allowed = self.tiers.names.list(self.gather, record, "tiers");
        let may = |tier: TierId| !record.has("tiers") || allowed.contains(&tier);
        let usual = |(id, tier): (TierId, &crate::scenario::model::Tier)| match may(id) {
            true => tier.authority,
            false => Level::NONE,
        };
        let mut levels: IdVec<TierId, Level> = self.tiers.items.enumerate().map(usual).collect();
        let Some(cell) = record.cell("authority") else {
            return levels;
        };
        for part in value::items(cell.text()) {
            let parsed = part.split_once(['=', '\u{ff1d}']);
            let parsed = parsed.and_then(|(tier, level)| Some((tier, value::share(level)?)));
            let Some((word, level)) = parsed else {
                self.gather
                    .fault(cell.at, fault::s035_authority(cell.text(), part));
                continue;
            };
            for tier in self.tiers.names.all(self.gather, word, cell.at) {
                if may(*tier) {
                    levels[*tier] = level;
                }
            }
        }
        levels
    }

    /// The zones that hold a shape.
    pub(crate) fn zones_of(&self, shape: &Shape) -> Vec<ZoneId> {
        let zones = self.zones.items.enumerate();
        let inside = zones.filter(|(_, zone)| places::holds(&zone.area, shape));
        inside.map(|(id, _)| id).collect()
    }

    /// End and authority of the last visit before the horizon.
    fn last_visit(
        &mut self,
        record: &Record,
        authority: &IdVec<TierId, Level>,
    ) -> (Option<Seconds>, Level) {
        let by = self.tiers.names.one(self.gather, record, "last_by");
        let level = by.map_or(Level::FULL, |tier| authority[tier]);
        let Some(cell) = record.cell("last_visit") else {
            return (None, level);
        };
        let text = cell.text();
        let at = match (value::date_time(text), value::duration(text)) {
            (Some(at), _) => self.calendar.instant(at),
            (None, Some(ago)) => -ago,
            (None, None) => {
                let form = "YYYY-MM-DDTHH:MM, or as a length of time before the start such as 45m";
                self.gather
                    .fault(cell.at, fault::s011_time("last_visit", text, form));
                return (None, level);
            }
        };
        if at > Seconds::ZERO {
            self.gather.fault(cell.at, fault::s034_last_visit(text));
        }
        (Some(at), level)
    }
}
