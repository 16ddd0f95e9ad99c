//! Which icon a target gets, by its kind.

/// Icons of the page, each with words of which one in a target's kind asks for it.
const ICONS: &[(&str, &[&str])] = &[
    ("bank", &["bank", "cash", "atm", "casino", "银行", "金库"]),
    ("fuel", &["fuel", "petrol", "gas", "oil", "加油", "油库"]),
    ("power", &["power", "substation", "generator", "电"]),
    ("water", &["water", "pump", "水"]),
    (
        "school",
        &[
            "school",
            "college",
            "university",
            "kindergarten",
            "学校",
            "学院",
        ],
    ),
    (
        "health",
        &["hospital", "clinic", "health", "pharmacy", "医"],
    ),
    ("gate", &["gate", "checkpoint", "barrier", "门", "卡口"]),
    (
        "port",
        &["port", "quay", "ferry", "dock", "pier", "港", "码头"],
    ),
    (
        "transport",
        &["transport", "bus", "railway", "terminal", "车站", "公交"],
    ),
    (
        "store",
        &["warehouse", "store", "depot", "storage", "scrap", "仓"],
    ),
    (
        "plant",
        &[
            "works",
            "plant",
            "factory",
            "industrial",
            "enterprise",
            "厂",
            "企业",
        ],
    ),
    (
        "shop",
        &["shop", "mall", "market", "centre", "retail", "商"],
    ),
    (
        "public",
        &[
            "government",
            "public",
            "police",
            "court",
            "museum",
            "townhall",
            "embassy",
            "政府",
        ],
    ),
];

/// The icon of a kind of site; `site` where none fits.
pub fn icon(kind: &str) -> &'static str {
    let kind = kind.to_lowercase();
    let asked = |words: &[&str]| words.iter().any(|word| asks(&kind, word));
    ICONS
        .iter()
        .find(|(_, words)| asked(words))
        .map_or("site", |(icon, _)| icon)
}

/// Whether `word` stands in `kind`: as a word of its own, or anywhere when it is Chinese.
fn asks(kind: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return kind.contains(word);
    }
    kind.split(|c: char| !c.is_alphanumeric())
        .any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::icon;

    #[test]
    fn kinds_ask_for_icons_by_whole_words() {
        assert_eq!(icon("bank"), "bank");
        assert_eq!(icon("works-gate"), "gate");
        assert_eq!(icon("amenity=fuel"), "fuel");
        assert_eq!(icon("fuel-depot"), "fuel");
        assert_eq!(icon("变电站"), "power");
        assert_eq!(icon("embankment"), "site");
    }
}
