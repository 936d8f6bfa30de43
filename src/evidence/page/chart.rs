//! Decisions over time, as bars of an inline picture. What a bar says is in its title too, for those who do not see it.

use std::fmt::Write;

use crate::sys::clock;

use super::tally::{Counts, Outcome};

/// The most bars.
const MOST_BARS: i64 = 60;

/// How long a bar may last, in seconds: a minute up to four weeks; beyond that whatever is needed.
const SPANS: [i64; 10] = [60, 300, 900, 3_600, 10_800, 21_600, 86_400, 604_800, 1_209_600, 2_419_200];

const WIDTH: u64 = 960;
const HEIGHT: u64 = 180;
const BOTTOM: u64 = 20;
const LEFT: u64 = 44;

/// The picture; nothing where there is nothing to show.
pub(super) fn over_time(times: &[(i64, Outcome)]) -> String {
    let (Some(first), Some(last)) =
        (times.iter().map(|(time, _)| *time).min(), times.iter().map(|(time, _)| *time).max())
    else {
        return String::new();
    };
    let length = last.saturating_sub(first);
    let span = SPANS.into_iter().find(|span| length / span < MOST_BARS - 1);
    let span = span.unwrap_or_else(|| length / (MOST_BARS - 1) + 1).max(1);
    let begin = first.div_euclid(span) * span;
    let place = |time: i64| usize::try_from(time.saturating_sub(begin) / span).unwrap_or_default();
    let mut bars = vec![Counts::default(); place(last) + 1];
    for (time, outcome) in times {
        if let Some(bar) = bars.get_mut(place(*time)) {
            bar.add(*outcome);
        }
    }
    drawn(&bars, begin, span)
}

fn drawn(bars: &[Counts], begin: i64, span: i64) -> String {
    let most = bars.iter().map(Counts::total).max().unwrap_or_default().max(1);
    let room = HEIGHT - BOTTOM - 10;
    let step = (WIDTH - LEFT) / bars.len().max(1) as u64;
    let (step, width) = (step.min(60), step.min(60).saturating_sub(2).max(1));
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Decisions over time\">\
         <line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{base}\" y2=\"{base}\"/>\
         <line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"10\" y2=\"10\"/>\
         <text x=\"{label}\" y=\"14\" text-anchor=\"end\">{most}</text>\
         <text x=\"{label}\" y=\"{base}\" text-anchor=\"end\">0</text>",
        base = HEIGHT - BOTTOM,
        label = LEFT - 6,
    );
    for (number, bar) in bars.iter().enumerate() {
        if bar.total() == 0 {
            continue;
        }
        let x = LEFT + number as u64 * step;
        let time = told(begin.saturating_add(span.saturating_mul(i64::try_from(number).unwrap_or_default())));
        let counts: Vec<_> =
            bar.each().map(|(outcome, count)| format!("{count} {}", outcome.names().1)).collect();
        let _ = write!(svg, "<g><title>from {time}: {}</title>", counts.join(", "));
        let mut top = HEIGHT - BOTTOM;
        for (outcome, count) in bar.each() {
            if count == 0 {
                continue;
            }
            // A single decision among many is seen as a line at the least.
            let height = (u128::from(count) * u128::from(room) / u128::from(most)).max(1);
            let height = u64::try_from(height).unwrap_or(room);
            top = top.saturating_sub(height);
            let _ = write!(
                svg,
                "<rect class=\"f-{}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>",
                outcome.names().0
            );
        }
        svg.push_str("</g>");
    }
    let end = LEFT + bars.len() as u64 * step;
    let last = begin.saturating_add(span.saturating_mul(i64::try_from(bars.len()).unwrap_or_default()));
    let _ = write!(svg, "<text x=\"{LEFT}\" y=\"{y}\">{}</text>", told(begin), y = HEIGHT - 4,);
    // Where there are few bars the two times would lie over each other.
    if end > LEFT + 330 {
        let _ =
            write!(svg, "<text x=\"{end}\" y=\"{}\" text-anchor=\"end\">{}</text>", HEIGHT - 4, told(last));
    }
    svg.push_str("</svg>");
    svg
}

fn told(seconds: i64) -> String {
    clock::told(seconds).unwrap_or_else(|| "a time out of bounds".to_owned())
}
