//! The journeys, in the order a person might make them.

mod builds;
mod controls;
mod faults;
mod handles;
mod keyboard;
mod live;
mod looking;
mod measuring;
mod opening;
mod saving;
mod screens;
mod time;

use std::pin::Pin;

use anyhow::Result;

use crate::page::Page;

/// A journey under way.
type Walk<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// One journey; its name says what holds.
pub struct Journey {
    pub name: &'static str,
    /// Follows the page's address at first; for the probe, not the page.
    pub query: &'static str,
    /// After this long the journey is lost, whatever it waits for.
    pub limit_seconds: u64,
    pub walk: for<'a> fn(&'a Page) -> Walk<'a>,
}

macro_rules! journeys {
    ($($part:ident::$name:ident $(at $query:literal)?),* $(,)?) => {
        &[$(Journey {
            name: stringify!($name),
            query: concat!($($query)?),
            limit_seconds: 120,
            walk: |page| Box::pin($part::$name(page)),
        }),*]
    };
}

/// Every journey.
pub const ALL: &[Journey] = journeys![
    opening::photos_come_out_upright_and_true,
    opening::a_phone_photo_of_12_megapixels_is_taken,
    opening::a_webp_picture_opens,
    opening::samples_open,
    opening::a_photo_is_dropped,
    opening::a_photo_is_pasted,
    opening::starting_over_forgets_the_photo,
    measuring::a_face_is_measured_once_agreed,
    measuring::a_told_pupil_distance_changes_every_length,
    measuring::who_declines_places_the_head_by_hand,
    measuring::a_head_without_a_face_is_outlined_and_left_to_the_person,
    measuring::one_of_several_people_can_be_chosen,
    measuring::measuring_can_be_given_up,
    measuring::without_the_models_the_head_is_placed_by_hand,
    measuring::kinds_of_hairlines_and_a_told_height_move_the_line,
    faults::bad_files_say_one_sentence_and_leave_the_work,
    faults::a_worker_that_fails_is_replaced_and_replays,
    faults::a_worker_that_falls_silent_is_replaced_and_replays,
    builds::a_browser_without_simd_gets_the_plain_engine at "?without-simd",
    builds::a_browser_with_simd_gets_the_quick_engine,
    builds::an_engine_that_fails_at_first_is_started_anew at "?engine-fails-once",
    builds::a_browser_without_wasm_is_told_so,
    handles::dragging_a_handle_changes_the_picture_live,
    handles::a_mirrored_handle_moves_along,
    keyboard::handles_move_by_keys,
    keyboard::sliders_and_history_work_by_keys,
    controls::controls_change_the_dots,
    controls::the_same_document_gives_the_same_picture,
    live::a_newer_wish_supersedes_an_older_one,
    live::partial_updates_equal_a_full_frame,
    time::sessions_build_on_each_other,
    time::fresh_and_aged_look_different,
    looking::buttons_and_wheel_zoom,
    looking::two_fingers_zoom,
    looking::a_resized_window_keeps_the_picture,
    looking::comparing_moves_the_split,
    saving::jpeg_and_png_are_saved_whole_and_clean,
    saving::export_can_be_cancelled_and_shows_progress,
    saving::work_asks_nobody_anything,
    screens::every_size_shows_the_picture,
];
