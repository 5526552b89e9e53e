//! Plans that were saved before are opened as they were, and hostile ones get one sentence.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's panic is its message")]
#![cfg(not(target_arch = "wasm32"))]

use hairline::document::Document;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Written before there were zones.
const BEFORE_ZONES: &str = include_str!("documents/version_1.json");
/// Holds every kind of shape.
const WITH_ZONES: &str = include_str!("documents/version_1_zones.json");

#[test]
fn saved_plans_come_back_byte_for_byte() {
    for saved in [BEFORE_ZONES, WITH_ZONES] {
        let document = Document::from_json(saved).unwrap();
        assert_eq!(document.to_json(), saved.trim_end());
    }
    assert!(Document::from_json(BEFORE_ZONES).unwrap().zones.is_empty());
    assert_eq!(Document::from_json(WITH_ZONES).unwrap().zones.len(), 6);
}

fn at_any_place(value: &mut Value, place: usize, with: &Value) -> bool {
    fn walk(value: &mut Value, left: &mut usize, with: &Value) -> bool {
        if *left == 0 {
            *value = with.clone();
            return true;
        }
        *left -= 1;
        match value {
            Value::Array(items) => items.iter_mut().any(|v| walk(v, left, with)),
            Value::Object(fields) => fields.values_mut().any(|v| walk(v, left, with)),
            _ => false,
        }
    }
    let mut left = place;
    walk(value, &mut left, with)
}

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!("treat")),
        Just(json!(-1)),
        any::<f64>().prop_map(|v| json!(v)),
        any::<i64>().prop_map(|v| json!(v)),
        Just(json!([[1e308, -1e308], [0, 0]])),
    ]
}

proptest! {
    #[test]
    fn no_change_of_a_plan_does_harm(place in 1..120usize, with in anything()) {
        let mut value: Value = serde_json::from_str(WITH_ZONES).unwrap();
        at_any_place(&mut value["zones"], place, &with);
        match Document::from_json(&value.to_string()) {
            Ok(document) => {
                let again = Document::from_json(&document.to_json()).unwrap();
                prop_assert_eq!(again, document);
            }
            Err(error) => {
                let text = error.to_string();
                prop_assert!(text.starts_with("This plan cannot be opened") && !text.contains('\n'), "{}", text);
            }
        }
    }
}
