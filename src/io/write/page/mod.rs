//! `rota.html`: the rota as one page that needs no network: search and filters, curves of a day, a person's month, the
//! month's shortage, overtime and fairness as charts, and what limits the rota.
//!
//! Template, styles and scripts lie in `data/page`; the charts are Apache ECharts (`data/page/echarts`). The page holds
//! both languages; `lang` is the one it opens in. The same report gives the same bytes.

mod data;

use crate::base::{Lang, Text};
use crate::report::Report;
use minijinja::{Environment, context};

const PAGE: &str = include_str!("../../../../data/page/page.html");
const STYLE: &str = include_str!("../../../../data/page/page.css");
const CHARTS: &str = include_str!("../../../../data/page/echarts/echarts.min.js");
/// In the order in which they need each other.
const SCRIPTS: [&str; 8] = [
    include_str!("../../../../data/page/words.js"),
    include_str!("../../../../data/page/charts_view.js"),
    include_str!("../../../../data/page/rota.js"),
    include_str!("../../../../data/page/day.js"),
    include_str!("../../../../data/page/person.js"),
    include_str!("../../../../data/page/month.js"),
    include_str!("../../../../data/page/limits.js"),
    include_str!("../../../../data/page/main.js"),
];

/// The bytes of the page.
///
/// # Errors
/// When the template cannot be filled.
pub(super) fn page(report: &Report, lang: Lang) -> Result<Vec<u8>, minijinja::Error> {
    let mut templates = Environment::new();
    templates.add_template("page.html", PAGE)?;
    let noscript = Text::new("This page needs JavaScript.", "此页面需要启用 JavaScript。");
    let language = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    // A name with `</script>` in it must not end the data.
    let data = data::data(report, lang).to_string().replace('<', "\\u003c");
    let text = templates.get_template("page.html")?.render(context! {
        language,
        version => env!("CARGO_PKG_VERSION"),
        title => super::workbook::title(report).get(lang),
        noscript => noscript.get(lang),
        css => STYLE,
        charts => CHARTS,
        scripts => SCRIPTS,
        data,
    })?;
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{case, report, report_of};

    /// The data of a page, as its scripts find them.
    fn data_of(page: &str) -> serde_json::Value {
        let from = page.split("id=\"data\">").nth(1).expect("the page has data");
        serde_json::from_str(from.split("</script>").next().expect("it ends")).expect("it is JSON")
    }

    fn text(report: &Report, lang: Lang) -> String {
        String::from_utf8(page(report, lang).expect("a page")).expect("UTF-8")
    }

    #[test]
    fn the_page_asks_nothing_of_the_network() {
        let page = text(&report(), Lang::En);
        // What remains are names of XML namespaces in the library and the licences' addresses.
        for mark in ["src=", "@import", "fetch(", "XMLHttpRequest", "url(http", "href=\"http"] {
            let own: Vec<&str> = page.split(CHARTS).collect();
            assert!(own.len() == 2 && own.iter().all(|part| !part.contains(mark)), "{mark}");
        }
        assert_eq!(page.matches("<script").count(), 3);
    }

    #[test]
    fn names_cannot_break_out_of_the_data() {
        let mut case = case();
        case.people[0].name = "</script><script>alert(1)</script>".into();
        let page = text(&report_of(&case), Lang::Zh);
        assert_eq!(page.matches("<script").count(), 3);
        assert_eq!(data_of(&page)["people"][0]["name"], "</script><script>alert(1)</script>");
    }

    #[test]
    fn the_data_are_those_of_the_report() {
        let data = data_of(&text(&report(), Lang::Zh));
        assert_eq!((data["lang"].as_str(), data["people"].as_array().map(Vec::len)), (Some("zh"), Some(2)));
        let word = |p: usize, d: usize| &data["words"][data["cells"][p][d].as_u64().unwrap_or(99) as usize];
        assert_eq!((word(0, 0)["text"].as_str(), word(0, 0)["shift"].as_u64()), (Some("E"), Some(0)));
        assert_eq!(word(0, 1)["text"], serde_json::json!(["OFF", "休"]));
        assert_eq!(
            (word(0, 2)["tone"].as_str(), word(1, 2)["tone"].as_str()),
            (Some("leave"), Some("absent"))
        );
        assert_eq!(data["cover"][0][0][2], serde_json::json!([1500, 1560, 100, 75]));
        assert_eq!(data["duties"][1][0], serde_json::json!([1080, 1545, 0, 1545, 1560, 1]));
        assert_eq!(data["handovers"][0], serde_json::json!([0, 1545, 1560, 0, 0, 1, null, null, 0]));
        assert_eq!(data["rules"][0]["sum"], 150);
    }
}
