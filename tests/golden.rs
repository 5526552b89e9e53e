//! Small pictures, each of one optical effect, compared bit by bit: the way to a pixel calls no
//! function whose result depends on the platform.
//!
//! A golden that differs leaves what was expected, what came and the difference in
//! `target/golden`. After a change that is meant, `UPDATE_GOLDENS=1 cargo test --test golden`
//! writes them anew; look at each before committing it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's panic is its message")]
#![cfg(not(target_arch = "wasm32"))]

#[path = "golden/check.rs"]
mod check;
#[path = "golden/picture.rs"]
mod picture;
#[path = "golden/scene.rs"]
mod scene;

use check::check;
use hairline::composite::View;
use hairline::document::Setting;
use hairline::dots::{DotStyle, HEALED_DAYS, Moment};
use picture::Picture;
use scene::{DARK, LIGHT, MEDIUM, Scalp, card, dot, even_dots, highlight};

/// Photo px per mm of the hand-made dots: those of a 12-megapixel portrait.
const PX_PER_MM: f32 = 11.0;
/// Blur of a sharp photo, σ in px.
const SHARP: f32 = 0.5;
/// Transmittance of a pigment without colour.
const BLACK: [f64; 3] = [0.2; 3];

/// Three panels beside each other, as wide as a golden may be.
const PANEL: [u32; 2] = [32, 48];

#[test]
fn one_dot() {
    let spot = dot([16.3, 15.8], 0.45, 1.0, PX_PER_MM);
    check("one_dot", &card([32, 32], LIGHT, &[], SHARP, BLACK, &[spot]));
}

#[test]
fn a_dot_narrows_towards_the_limb() {
    let panels = [1.0, 0.7, 0.4, 0.15].map(|cosine| {
        card([24, 32], LIGHT, &[], SHARP, BLACK, &[dot([12.0, 16.0], 0.45, cosine, PX_PER_MM)])
    });
    check("dot_narrows_towards_the_limb", &Picture::beside(&panels));
}

#[test]
fn a_dot_is_never_sharper_than_the_photo() {
    let dots = even_dots([48, 48], 0.45, PX_PER_MM);
    let panels = [0.4, 1.5].map(|blur| card([48, 48], LIGHT, &[], blur, BLACK, &dots));
    check("blur_of_the_photo_0.4_and_1.5", &Picture::beside(&panels));
}

#[test]
fn the_same_pigment_on_light_medium_and_dark_skin() {
    let dots = even_dots(PANEL, 0.45, PX_PER_MM);
    let panels = [LIGHT, MEDIUM, DARK].map(|skin| card(PANEL, skin, &[], SHARP, BLACK, &dots));
    check("skin_light_medium_dark", &Picture::beside(&panels));
}

#[test]
fn a_highlight_stays_on_top() {
    let shine = highlight([48, 48]);
    let dots = even_dots([48, 48], 0.45, PX_PER_MM);
    let panels = [&[][..], &dots].map(|dots| card([48, 48], MEDIUM, &shine, SHARP, BLACK, dots));
    check("highlight_before_and_after", &Picture::beside(&panels));
}

#[test]
fn fine_medium_and_coarse_dots() {
    let mut scalp = Scalp::close();
    let panels = DotStyle::ALL.map(|style| {
        scalp.set(Setting::DotDiameter, style.diameter_mm());
        scalp.panel(PANEL)
    });
    check("dots_fine_medium_coarse", &Picture::beside(&panels));
}

#[test]
fn shades_one_three_and_five() {
    let mut scalp = Scalp::close();
    let panels = [1.0, 3.0, 5.0].map(|shade| {
        scalp.set(Setting::Shade, shade);
        scalp.panel(PANEL)
    });
    check("shades_1_3_5", &Picture::beside(&panels));
}

#[test]
fn three_sessions() {
    let mut scalp = Scalp::close();
    let panels = [1, 2, 3].map(|session| scalp.panel_at(PANEL, Moment::new(session, HEALED_DAYS, 0.0)));
    check("sessions_1_2_3", &Picture::beside(&panels));
}

#[test]
fn fresh_day_ten_and_healed() {
    let mut scalp = Scalp::close();
    // Of the first session, so that no healed dot stands between.
    let panels = [0.0, 10.0, HEALED_DAYS].map(|days| scalp.panel_at(PANEL, Moment::new(1, days, 0.0)));
    check("fresh_day_10_healed", &Picture::beside(&panels));
}

#[test]
fn years_fade_spread_and_cool() {
    let mut scalp = Scalp::close();
    let panels = [0.0, 1.0, 5.0].map(|years| scalp.panel_at(PANEL, Moment::new(3, HEALED_DAYS, years)));
    check("years_0_1_5", &Picture::beside(&panels));
}

#[test]
fn zooms_have_the_same_tone() {
    let mut scalp = Scalp::whole();
    let panels = [1.0, 0.5, 0.25, 0.125].map(|scale| scalp.zoomed([24, 24], scale));
    check("zooms_1_2_4_8", &Picture::beside(&panels));
}

#[test]
fn the_hairline_begins_softly() {
    check("hairline_edge", &Scalp::whole().edge([96, 96]));
}

#[test]
fn dots_end_where_the_head_does() {
    check("limb", &Scalp::before_a_wall([96, 96]));
}

#[test]
fn goldens_are_small() {
    let mut bytes = 0;
    for file in check::goldens() {
        bytes += std::fs::metadata(&file).unwrap().len();
        let picture = Picture::read(&file).unwrap();
        assert!(picture.width.max(picture.height) <= 96, "{}", file.display());
    }
    assert!(bytes <= 200 << 10, "{bytes} bytes");
}

#[test]
fn a_difference_is_said_and_shown() {
    let view = View::new(0.0, 0.0, 1.0, 2, 1).unwrap();
    let expected = Picture::of(&view, &[9, 9, 9, 255, 80, 80, 80, 255]);
    let actual = Picture::of(&view, &[9, 9, 9, 255, 80, 83, 80, 255]);
    assert_eq!(check::compare("itself", Some(&expected), &expected), Ok(()));
    let message = check::compare("itself", Some(&expected), &actual).unwrap_err();
    assert!(message.contains("1 of 2 pixels") && message.contains("by 3 codes"), "{message}");
    for kind in ["expected", "actual", "difference"] {
        assert!(Picture::read(&check::left("itself", kind)).is_some(), "{kind}");
    }
    assert!(check::compare("itself", None, &actual).is_err());
}
