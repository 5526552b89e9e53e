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
/// where its outward direction is across the ray. By Newton with the slope that a sphere would have.
fn deepest(ray: DVec3, at: &impl Fn(f64) -> DVec3) -> f64 {
    let slope = ray.length_squared();
    let mut t = -ray.dot(at(0.0)) / slope;
    for _ in 0..STEPS {
        let q = at(t);
        let length = q.length();
        let step = ray.dot(stand_off(q.normalize_or_zero()).1) * length / slope;
        t -= step;
        if step * step * slope < NEAR_ENOUGH {
            break;
        }
    }
    t
}

/// How far before its deepest place a ray meets the skull. Depth grows about as the square of the
/// way from there, so the square is what Newton looks for, between 0 and where no skull reaches.
fn first_hit(ray: DVec3, deepest: f64, lowest: f64, at: &impl Fn(f64) -> DVec3) -> f64 {
    let (mut inside, mut outside) = (0.0, 2.0 / ray.length_squared());
    let mut square = (1.0 - lowest) / ray.length_squared();
    for _ in 0..STEPS {
        let way = square.sqrt();
        let q = at(deepest - way);
        let length = q.length();
        let (radius, outward) = stand_off(q.normalize_or_zero());
        let share = length / radius;
        let over = share * share - 1.0;
        if over.abs() < NEAR_ENOUGH {
            break;
        }
        if over > 0.0 {
            outside = square;
        } else {
            inside = square;
        }
        let slope = -share * outward.dot(ray) / (radius * way.max(1e-9));
        let next = square - over / slope;
        square = if next > inside && next < outside { next } else { 0.5 * (inside + outside) };
    }
    square.max(0.0).sqrt()
}
