//! Ways of moving as data: which ways, which direction, how fast.
//!
//! The built-in profiles are the files in `profiles/`; a planner changes figures of them
//! with [`Overrides`]. Nothing about cars, bicycles or feet stands in the code.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::error::Error;
use crate::error::Errors;
use crate::error::Result;
use crate::error::nearest;

/// A way of moving.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// Share of the road's speed driven on patrol.
    pub patrol_factor: f64,
    /// Share of the road's speed driven to an emergency.
    pub urgent_factor: f64,
    /// Top speed on any road at any pace, km/h.
    pub max_kmh: f64,
    /// Speed at which a key segment is patrolled, km/h.
    pub segment_kmh: f64,
    /// Whether gates that are private or locked and ways with `access=private` are open.
    pub pass_private: bool,
    /// Whether directions that the map implies (roundabouts, motorways) bind this profile.
    pub obeys_oneway: bool,
    /// Whether `cycleway=opposite` and the like open a one-way road against its direction.
    pub contraflow: bool,
    /// Whether `maxspeed` lowers the speed of the class.
    pub maxspeed_caps: bool,
    /// Classes on which `maxspeed` stands in the place of the speed of the class.
    pub maxspeed_sets: Vec<String>,
    /// Classes on which a unit does not stop: no site is snapped to them.
    pub no_stop: Vec<String>,
    /// Access keys that speak of this profile, the one that weighs most first.
    pub access: Vec<String>,
    /// Keys of direction, the one that weighs most first.
    pub oneway: Vec<String>,
    /// Kinds of vehicle that it is in turn restrictions, the one that weighs most first.
    pub vehicles: Vec<String>,
    /// Whether turn restrictions that name no vehicle bind it.
    pub obeys_general_restrictions: bool,
    /// What it measures by the key of the limit, such as `maxheight`: metres, or tonnes for
    /// `maxweight`. A way or barrier with a lower limit is closed.
    pub size: BTreeMap<String, f64>,
    /// Tags as `key=value` that close a way whatever its class.
    pub closed_if: Vec<String>,
    /// Speed by class, km/h. A class without `_link` stands for its links too, where those
    /// have no speed of their own.
    pub class: BTreeMap<String, f64>,
    /// Speed on classes that are open only where an access tag says so, km/h.
    pub tagged: BTreeMap<String, f64>,
    /// What `service=*` caps the speed at, km/h.
    pub service: BTreeMap<String, f64>,
    /// What `surface=*` caps the speed at, km/h.
    pub surface: BTreeMap<String, f64>,
    /// Seconds that a passable barrier costs; barriers not named here close the way.
    pub barrier: BTreeMap<String, f64>,
}

/// Names and files of the built-in profiles.
const BUILT_IN: [(&str, &str); 3] = [
    ("car", include_str!("profiles/car.toml")),
    ("ebike", include_str!("profiles/ebike.toml")),
    ("foot", include_str!("profiles/foot.toml")),
];

/// What a planner changes about a built-in profile; `None` keeps its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// Name shown.
    pub name: Option<String>,
    /// Share of the road's speed driven on patrol.
    pub patrol_factor: Option<f64>,
    /// Share of the road's speed driven to an emergency.
    pub urgent_factor: Option<f64>,
    /// Top speed on any road, km/h.
    pub max_kmh: Option<f64>,
    /// Speed at which a key segment is patrolled, km/h.
    pub segment_kmh: Option<f64>,
    /// Whether private and locked gates and ways may be passed.
    pub pass_private: Option<bool>,
    /// Speeds by class, km/h; 0 closes the class, and a speed opens a closed one.
    pub class_kmh: Vec<(String, f64)>,
}

impl Profile {
    /// Names of the built-in profiles.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The built-in profile of that name: `car`, `ebike` or `foot`.
    ///
    /// # Errors
    /// `R201` when there is none.
    pub fn built_in(name: &str) -> Result<Self> {
        let Some((_, text)) = BUILT_IN.iter().find(|(n, _)| *n == name) else {
            let names = BUILT_IN.map(|(n, _)| n);
            let hint = match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("built-in profiles are {}", names.join(", ")),
            };
            let error = Error::input("R201", "unknown built-in profile");
            return Err(error.value(name).hint(hint).into());
        };
        toml::from_str(text).map_err(|e| {
            Error::internal(format!("reading the built-in profile {name}: {e}")).into()
        })
    }

    /// The built-in profile of that name, or the one in the file of that name.
    ///
    /// # Errors
    /// As [`Profile::built_in`], `R204` for a file that is no profile, `R202` for figures that
    /// are no speeds or shares, and when the file cannot be read.
    pub fn named(name: &str) -> Result<Self> {
        let file = Path::new(name);
        if file.extension().is_none_or(|e| e != "toml") {
            return Self::built_in(name).map_err(|mut errors| {
                for hint in errors.0.iter_mut().filter_map(|e| e.hint.as_mut()) {
                    hint.push_str("; a profile of your own is a file that ends in .toml");
                }
                errors
            });
        }
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|e| Error::io("reading the profile", file, &e))?;
        let profile = toml::from_str(&text).map_err(|e: toml::de::Error| {
            let error = Error::input("R204", e.message()).file(file);
            let hint = "a profile has the keys of the built-in ones: see docs/profiles.md";
            match e.span() {
                Some(span) => {
                    let before = text.get(..span.start).unwrap_or_default();
                    let line = before.matches('\n').count() as u64 + 1;
                    let column = before.chars().rev().take_while(|&c| c != '\n').count() as u64 + 1;
                    error.line(line).column(column).hint(hint)
                }
                None => error.hint(hint),
            }
        });
        let profile: Self = profile?;
        profile.validate().map_err(|mut errors| {
            errors
                .0
                .iter_mut()
                .for_each(|e| e.file = Some(file.to_owned()));
            errors
        })?;
        Ok(profile)
    }

    /// The built-in profile `name` with changes.
    ///
    /// # Errors
    /// As [`Profile::built_in`], and `R202` for figures that are no speeds or shares.
    pub fn with(name: &str, changes: &Overrides) -> Result<Self> {
        let mut profile = Self::built_in(name)?;
        if let Some(name) = &changes.name {
            profile.name.clone_from(name);
        }
        let set = |value: &mut f64, change: Option<f64>| *value = change.unwrap_or(*value);
        set(&mut profile.patrol_factor, changes.patrol_factor);
        set(&mut profile.urgent_factor, changes.urgent_factor);
        set(&mut profile.max_kmh, changes.max_kmh);
        set(&mut profile.segment_kmh, changes.segment_kmh);
        profile.pass_private = changes.pass_private.unwrap_or(profile.pass_private);
        for (class, kmh) in &changes.class_kmh {
            profile.class.insert(class.clone(), *kmh);
            profile.tagged.remove(class);
        }
        profile.validate()?;
        Ok(profile)
    }

    /// Checks that every figure can be divided by.
    fn validate(&self) -> Result<()> {
        let mut errors = Errors::default();
        let figures = [
            ("patrol_factor", self.patrol_factor),
            ("urgent_factor", self.urgent_factor),
            ("max_kmh", self.max_kmh),
            ("segment_kmh", self.segment_kmh),
        ];
        for (what, value) in figures {
            if !(value.is_finite() && value > 0.0) {
                errors.push(self.bad_figure(what, value));
            }
        }
        let tables = [
            (&self.class, true),
            (&self.tagged, true),
            (&self.service, false),
            (&self.surface, false),
            (&self.size, true),
            (&self.barrier, true),
        ];
        for (table, may_be_zero) in tables {
            for (what, &value) in table {
                if !(value.is_finite() && (value > 0.0 || may_be_zero && value == 0.0)) {
                    errors.push(self.bad_figure(what, value));
                }
            }
        }
        errors.into_result(())
    }

    fn bad_figure(&self, what: &str, value: f64) -> Error {
        Error::input(
            "R202",
            format!("`{what}` of profile `{}` is out of range", self.name),
        )
        .value(value)
        .hint("give a figure above 0; a class is closed with a speed of 0")
    }

    /// Speed on a class, km/h, and whether it is open only where an access tag says so;
    /// `None` where the class is no way for this profile at all.
    pub(super) fn class_speed(&self, highway: &str) -> Option<(f64, bool)> {
        let speed_of = |class: &str| {
            let open = self.class.get(class).map(|&kmh| (kmh, false));
            open.or_else(|| self.tagged.get(class).map(|&kmh| (kmh, true)))
        };
        let found = speed_of(highway).or_else(|| speed_of(base_class(highway)));
        found.filter(|&(kmh, _)| kmh > 0.0)
    }
}

/// A road class without `_link`.
pub(super) fn base_class(highway: &str) -> &str {
    highway.strip_suffix("_link").unwrap_or(highway)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_read_and_are_sane() {
        for (name, _) in BUILT_IN {
            let profile = Profile::built_in(name).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(profile.name, name);
            profile.validate().unwrap_or_else(|e| panic!("{e}"));
            assert!(
                profile
                    .tagged
                    .keys()
                    .all(|k| !profile.class.contains_key(k))
            );
        }
    }

    #[test]
    fn a_slip_in_the_name_is_named() {
        let error = Profile::built_in("cars").expect_err("there is no such profile");
        assert!(error.to_string().contains("did you mean `car`?"), "{error}");
    }

    #[test]
    fn overrides_change_what_they_name() -> Result<()> {
        let changes = Overrides {
            name: Some("van".to_owned()),
            max_kmh: Some(70.0),
            class_kmh: vec![("track".to_owned(), 0.0), ("pedestrian".to_owned(), 6.0)],
            ..Overrides::default()
        };
        let van = Profile::with("car", &changes)?;
        assert_eq!((van.name.as_str(), van.max_kmh), ("van", 70.0));
        assert_eq!(van.class_speed("track"), None);
        assert_eq!(van.class_speed("pedestrian"), Some((6.0, false)));
        assert_eq!(van.class_speed("busway"), Some((30.0, true)));
        assert_eq!(van.class_speed("primary_link"), Some((40.0, false)));
        assert_eq!(van.class_speed("steps"), None);
        Ok(())
    }

    #[test]
    fn closing_a_class_closes_its_links_unless_they_have_a_speed() -> Result<()> {
        let changes = Overrides {
            class_kmh: vec![("trunk".to_owned(), 0.0)],
            ..Overrides::default()
        };
        let car = Profile::with("car", &changes)?;
        assert_eq!(car.class_speed("trunk"), None);
        assert_eq!(car.class_speed("trunk_link"), Some((50.0, false)));
        Ok(())
    }

    #[test]
    fn nonsense_figures_are_refused_together() {
        let changes = Overrides {
            patrol_factor: Some(0.0),
            max_kmh: Some(f64::NAN),
            class_kmh: vec![("primary".to_owned(), -5.0)],
            ..Overrides::default()
        };
        let errors = Profile::with("car", &changes).expect_err("all three are wrong");
        assert_eq!(errors.0.len(), 3);
    }
}
