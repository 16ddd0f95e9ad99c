//! The page: a template, five style sheets and small scripts, put together into one file.
//!
//! Nothing is fetched: the data stands in the page, fonts are the system's, and the page's
//! own content policy forbids the rest. The scripts share one module scope, in the order
//! below: each file says at its top what it is about.

use super::page;
use super::page::data::Lang;
use super::page::data::Page;
use crate::check::Verdict;
use crate::plan::Plan;
use crate::world::World;

const TEMPLATE: &str = include_str!("template.html");

const STYLES: [&str; 5] = [
    include_str!("theme.css"),
    include_str!("layout.css"),
    include_str!("parts.css"),
    include_str!("roster.css"),
    include_str!("print.css"),
];

const SCRIPTS: [&str; 32] = [
    include_str!("words.js"),
    include_str!("state.js"),
    include_str!("text.js"),
    include_str!("dom.js"),
    include_str!("colours.js"),
    include_str!("icons.js"),
    include_str!("model.js"),
    include_str!("phrases.js"),
    include_str!("gestures.js"),
    include_str!("player.js"),
    include_str!("mapbase.js"),
    include_str!("maptop.js"),
    include_str!("map.js"),
    include_str!("timelinerows.js"),
    include_str!("timeline.js"),
    include_str!("hours.js"),
    include_str!("overview.js"),
    include_str!("bound.js"),
    include_str!("lists.js"),
    include_str!("detail.js"),
    include_str!("shifts.js"),
    include_str!("people.js"),
    include_str!("rostergrid.js"),
    include_str!("rosterdetail.js"),
    include_str!("rostertab.js"),
    include_str!("rosterview.js"),
    include_str!("rosterpaper.js"),
    include_str!("panel.js"),
    include_str!("layers.js"),
    include_str!("search.js"),
    include_str!("paper.js"),
    include_str!("app.js"),
];

/// The report as one HTML file that needs no network. It begins in `lang` and can be
/// switched to the other language by its reader.
pub fn html(world: &World, plan: &Plan, verdict: &Verdict, lang: Lang) -> String {
    render(&page::fill(world, plan, verdict, lang))
}

/// The page for data at hand.
pub fn render(page: &Page) -> String {
    let (before, rest) = split(TEMPLATE, "{{style}}");
    let (middle, rest) = split(rest, "{{data}}");
    let (between, after) = split(rest, "{{script}}");
    let mut html = head(before, page);
    html.extend(STYLES);
    html.push_str(middle);
    html.push_str(&data(page));
    html.push_str(between);
    html.extend(SCRIPTS);
    html.push_str(after);
    html
}

/// The template before and after a mark.
fn split(template: &'static str, mark: &str) -> (&'static str, &'static str) {
    template.split_once(mark).unwrap_or((template, ""))
}

fn head(template: &str, page: &Page) -> String {
    let name = match (page.lang, &page.name.zh) {
        (Lang::Zh, Some(zh)) => zh,
        _ => &page.name.plain,
    };
    template
        .replace("{{lang}}", &page.lang.to_string())
        .replace(
            "{{generator}}",
            concat!("roundsman ", env!("CARGO_PKG_VERSION")),
        )
        .replace("{{title}}", &escape(name))
}

/// The data as JSON in which no `<` stands, so that no name can end the element it is in.
fn data(page: &Page) -> String {
    let json = serde_json::to_string(page).unwrap_or_default();
    json.replace('<', "\\u003c")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::data::Name;

    #[test]
    fn names_cannot_break_out() {
        let page = Page {
            name: Name {
                plain: "</script><script>alert(1)</script> & \"co\"".to_owned(),
                zh: None,
            },
            ..Page::default()
        };
        let html = render(&page);
        assert!(!html.contains("alert(1)</script>"));
        assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"));
        assert!(html.contains("\\u003c/script>"));
    }

    #[test]
    fn the_page_is_whole_and_asks_for_nothing() {
        let html = render(&Page::default());
        assert!(!html.contains("{{"), "every mark is filled");
        for fetch in ["src=\"", "@import", "url(", "http://", "https://"] {
            let allowed = html.matches("http://www.w3.org/2000/svg").count();
            let found = html.matches(fetch).count();
            let expected = if fetch == "http://" { allowed } else { 0 };
            assert_eq!(found, expected, "{fetch}");
        }
        assert!(html.ends_with("</html>\n"));
    }
}
