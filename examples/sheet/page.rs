//! The page that shows the montages with their captions.

use std::fmt::Write as _;

/// One montage on the page.
pub struct Section {
    pub title: String,
    /// Plain text under the title; may be empty.
    pub note: String,
    /// The montage, relative to the page.
    pub file: String,
    /// Captions of its cells in reading order.
    pub captions: Vec<String>,
    pub columns: usize,
}

const STYLE: &str = "\
body { margin: 1rem; font: 14px/1.4 system-ui, sans-serif; background: #222; color: #ddd }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem }
figure { position: relative; display: inline-block; margin: 0 }
figure img { display: block }
figure span { position: absolute; padding: 0 .4em; background: #000a; color: #fff }
";

/// The page: every montage in its own size, each caption in its cell's upper left corner.
pub fn html(sections: &[Section]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Hairline: sheet</title>\n\
         <style>\n{STYLE}</style>\n<h1>Hairline: sheet</h1>\n\
         <p>Cells are named in reading order. Judge at 100 % of the browser's zoom.</p>\n"
    );
    for section in sections {
        // Writing into a string has no way to fail.
        let _ = section.write(&mut page);
    }
    page
}

impl Section {
    fn write(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "<h2>{}</h2>\n<p>{}</p>", escaped(&self.title), escaped(&self.note))?;
        writeln!(page, "<figure><img src=\"{}\" alt=\"{}\">", escaped(&self.file), escaped(&self.title))?;
        let rows = self.captions.len().div_ceil(self.columns).max(1);
        for (i, caption) in self.captions.iter().enumerate() {
            let left = (i % self.columns) as f64 / self.columns as f64 * 100.0;
            let top = (i / self.columns) as f64 / rows as f64 * 100.0;
            let caption = escaped(caption);
            writeln!(page, "<span style=\"left:{left:.3}%;top:{top:.3}%\">{caption}</span>")?;
        }
        writeln!(page, "</figure>")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
