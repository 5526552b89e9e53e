//! Where a ray meets the skull, in the ellipsoid's own space, where the skull is nearly the unit
//! sphere.

use glam::DVec3;

use super::skull::stand_off;

/// Steps towards the place that a ray meets: each at least doubles the digits that are right.
const STEPS: usize = 12;
/// Near enough, in squared units of the skull: a ten-thousandth of a millimetre.
const NEAR_ENOUGH: f64 = 1e-9;

/// Direction of the first place of the skull on the ray from `camera`; where the ray misses it, of
/// the place where it comes nearest.
pub(super) fn meets(camera: DVec3, ray: DVec3) -> DVec3 {
    let at = |t: f64| camera + ray * t;
    let deepest = deepest(ray, &at);
    let lowest = depth(at(deepest));
    let t = if lowest < 1.0 { deepest - first_hit(ray, deepest, lowest, &at) } else { deepest };
    at(t).normalize_or(DVec3::Y)
}

/// How far a place of the ellipsoid's own space is from the skull's centre, squared, in units of
/// the skull's surface in that direction: 1 on the skin.
fn depth(q: DVec3) -> f64 {
    let length = q.length();
    let share = length / stand_off(q.normalize_or_zero()).0;
    share * share
}

/// Where a ray comes nearest to the skull's middle, as the skull itself measures: the one place
/// where its outward direction is across the ray.
fn deepest(ray: DVec3, at: &impl Fn(f64) -> DVec3) -> f64 {
    let across = |t: f64| ray.dot(stand_off(at(t).normalize_or_zero()).1);
    let middle = -ray.dot(at(0.0)) / ray.length_squared();
    let reach = 0.6 / ray.length();
    let (mut a, mut b) = (middle - reach, middle + reach);
    let (mut fa, mut fb) = (across(a), across(b));
    for _ in 0..STEPS {
        // Regula falsi after Illinois: the end that stays counts half.
        let t = (a * fb - b * fa) / (fb - fa);
        let f = across(t);
        if f.abs() < 1e-7 * ray.length() || !t.is_finite() {
            return if t.is_finite() { t } else { middle };
        }
        if f > 0.0 {
            (b, fb, fa) = (t, f, 0.5 * fa);
        } else {
            (a, fa, fb) = (t, f, 0.5 * fb);
        }
    }
    0.5 * (a + b)
}

/// How far before its deepest place a ray meets the skull. Depth grows about as the square of the
/// way from there, so the square is what is looked for, between 0 and where no skull reaches.
fn first_hit(ray: DVec3, deepest: f64, lowest: f64, at: &impl Fn(f64) -> DVec3) -> f64 {
    let over = |square: f64| depth(at(deepest - square.sqrt())) - 1.0;
    let (mut inside, mut outside) = (0.0, 2.0 / ray.length_squared());
    let (mut f_in, mut f_out) = (lowest - 1.0, over(outside));
    let mut square = (1.0 - lowest) / ray.length_squared();
    for _ in 0..STEPS {
        let f = over(square);
        if f.abs() < NEAR_ENOUGH {
            break;
        }
        if f > 0.0 {
            (outside, f_out, f_in) = (square, f, 0.5 * f_in);
        } else {
            (inside, f_in, f_out) = (square, f, 0.5 * f_out);
        }
        square = (inside * f_out - outside * f_in) / (f_out - f_in);
    }
    square.max(0.0).sqrt()
}
