//! Sessions, days and years: what is shown is a moment, and it can be gone back from.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use hairline::dots::Moment;

use crate::page::Page;
use crate::pointer::press;

pub async fn sessions_build_on_each_other(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    ensure!(page.moment().await? == Moment::default(), "a new photo shows {}", page.data("moment").await?);
    let finished = page.work().await?;
    let mut last: Option<(u64, f64)> = None;
    for session in 1..=3 {
        page.show_moment(session, None, None).await?;
        ensure!(page.moment().await?.session() == session);
        let (dots, light) = (page.dots().await?, page.light("after").await?);
        if let Some((fewer, lighter)) = last {
            ensure!(dots > fewer, "session {session} has {dots} dots after {fewer}");
            ensure!(light < lighter, "session {session} is as light as {light} after {lighter}");
        }
        last = Some((dots, light));
    }
    let work = page.work().await?;
    ensure!(work == finished, "session 3 is not what it was\n{finished:?}\n{work:?}");

    // The player walks the same way by itself, and ends there.
    page.run(
        "journey.shown = []; new MutationObserver(() => journey.shown.push(document.documentElement.dataset.moment)) \
         .observe(document.documentElement, { attributeFilter: ['data-moment'] });",
    )
    .await?;
    page.click("#play").await?;
    page.until("the end", "return !document.querySelector('#play').hasAttribute('data-playing')").await?;
    let shown = page.text_of("return journey.shown.join(' ')").await?;
    ensure!(shown == "1/28/0 2/28/0 3/28/0", "the player showed {shown}");
    page.settle().await?;
    ensure!(page.work().await? == finished, "the player left another picture");

    // Whatever else is touched stops it where it is.
    page.click("#play").await?;
    press(page, &[], Key::Escape).await?;
    let stopped = page.run("return !document.querySelector('#play').hasAttribute('data-playing')").await?;
    ensure!(stopped == true, "a key does not stop the player");
    let moment = page.data("moment").await?;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    ensure!(page.data("moment").await? == moment, "it went on");
    Ok(())
}

pub async fn fresh_and_aged_look_different(page: &Page) -> Result<()> {
    page.open_photo("m_light_front.jpg").await?;
    let healed = page.work().await?;
    let mut seen = vec![healed.after.clone()];
    for (days, years, expected) in [
        (Some(0.0), None, Moment::new(3, 0.0, 0.0)),
        (Some(12.0), None, Moment::new(3, 12.0, 0.0)),
        (None, Some(5.0), Moment::new(3, 28.0, 5.0)),
    ] {
        page.show_moment(3, days, years).await?;
        ensure!(page.moment().await? == expected, "{}", page.data("moment").await?);
        let work = page.work().await?;
        ensure!(!seen.contains(&work.after), "{expected:?} looks like another moment");
        ensure!(work.document == healed.document && work.undo == healed.undo, "a moment is part of the plan");
        ensure!(work.before == healed.before, "the photo itself changed");
        seen.push(work.after);
    }
    // Years belong to the finished treatment; a session chosen afterwards is not years old.
    page.show_moment(1, None, None).await?;
    ensure!(page.moment().await? == Moment::new(1, 28.0, 0.0), "{}", page.data("moment").await?);
    page.show_moment(1, None, Some(2.0)).await?;
    ensure!(page.moment().await? == Moment::new(3, 28.0, 2.0), "{}", page.data("moment").await?);
    page.show_moment(3, Some(4.0), None).await?;
    page.show_moment(3, Some(28.0), None).await?;
    ensure!(page.moment().await? == Moment::default());
    let back = page.work().await?;
    ensure!(back == healed, "healed again is another picture\n{healed:?}\n{back:?}");
    Ok(())
}
