//! One-dimensional Gaussians as tables of whole numbers: what a row of a dot is made of.

/// Phases between two pixel centres.
pub const PHASES: usize = 64;
/// All taps of a kernel together: exactly this, whatever width and phase.
pub const UNIT: u32 = 1 << 16;
/// Taps come in groups of as many as a 128-bit register holds.
pub const LANES: usize = 8;
/// One such group.
pub type Lanes = [u16; LANES];
/// A Gaussian is followed to this many σ: there it has fallen to 3 %, and the dots of most views
/// fit one register across.
const REACH: f32 = 2.7;
/// Steps of the variance per doubling, and how many doublings there are: from `LEAST` up. Each
/// step widens a dot by about 2 %, and which of two steps a dot gets is left to chance, so that no
/// step shows as a ring.
const STEPS_PER_DOUBLING_LOG2: u32 = 4;
const DOUBLINGS: usize = 10;
const CLASSES: usize = DOUBLINGS << STEPS_PER_DOUBLING_LOG2;
/// Least variance, px²: a narrower spot would lose its mass between pixel centres.
pub const LEAST_VARIANCE: f32 = 0.25;

/// Where the kernels of one width are, and what they have in common.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    /// Its place among all groups of taps.
    start: u32,
    /// Groups of taps of one kernel; none as long as it has not been made.
    pub groups: u8,
    /// Taps that are not always nothing; the others only fill the last group.
    pub filled: u8,
    /// Position of the first tap relative to the pixel in which the middle lies.
    pub first: i8,
}

impl Class {
    /// Not made yet.
    const NONE: Self = Self { start: 0, groups: 0, filled: 0, first: 0 };

    /// Where the taps for a middle at `phase` / 64 behind its pixel's centre begin in
    /// [`KernelTable::all`].
    #[inline]
    pub fn place(self, phase: u32) -> u32 {
        self.start + phase % PHASES as u32 * u32::from(self.groups)
    }

    /// Taps of one kernel.
    pub fn width(self) -> usize {
        usize::from(self.groups) * LANES
    }
}

/// Kernels of every width, each made when it is first needed.
#[derive(Debug, Clone)]
pub struct KernelTable {
    classes: [Class; CLASSES],
    /// Class by class, phase by phase.
    taps: Vec<Lanes>,
}

impl Default for KernelTable {
    fn default() -> Self {
        Self { classes: [Class::NONE; CLASSES], taps: Vec::new() }
    }
}

impl KernelTable {
    /// The kernels of a class.
    #[inline]
    pub fn class(&mut self, class: usize) -> Class {
        if self.classes[class].groups == 0 {
            self.classes[class] = self.make(Self::variance_of(class));
        }
        self.classes[class]
    }

    /// The taps of all kernels that have been made.
    #[inline]
    pub fn all(&self) -> &[Lanes] {
        &self.taps
    }

    /// Makes the kernels of σ² = `variance`, px². A tap is the Gaussian's integral over its pixel:
    /// sampled at pixel centres, a narrow spot would change its width as it moves between them.
    #[cold]
    fn make(&mut self, variance: f32) -> Class {
        // The pixel's square has a variance of its own.
        let within = std::f64::consts::SQRT_2 * (f64::from(variance) - 1.0 / 12.0).sqrt();
        let sigma = f64::from(variance).sqrt();
        let half = (REACH * sigma as f32 - 0.5).ceil().max(1.0) as usize;
        // Pixels −half … half + 1 around the middle's own.
        let filled = 2 * half + 2;
        let width = filled.next_multiple_of(LANES);
        let first = -(half as i32);
        let mut taps = vec![0u16; PHASES * width];
        for (phase, kernel) in taps.chunks_exact_mut(width).enumerate() {
            let middle = (phase as f64 + 0.5) / PHASES as f64;
            let weights: Vec<f64> = (0..filled)
                .map(|i| {
                    let d = (i as i32 + first) as f64 - middle;
                    libm::erf((d + 0.5) / within) - libm::erf((d - 0.5) / within)
                })
                .collect();
            let scale = f64::from(UNIT) / weights.iter().sum::<f64>();
            let mut given = 0u32;
            let mut largest = 0;
            for (i, (tap, w)) in kernel.iter_mut().zip(&weights).enumerate() {
                *tap = (w * scale + 0.5) as u16;
                given += u32::from(*tap);
                if weights[i] > weights[largest] {
                    largest = i;
                }
            }
            // Rounding is made up for in the middle, where it is smallest in proportion.
            kernel[largest] = (u32::from(kernel[largest]) + UNIT - given) as u16;
        }
        // The widest kernel has fewer than a hundred taps.
        let class = Class {
            start: self.taps.len() as u32,
            groups: (width / LANES) as u8,
            filled: filled as u8,
            first: first as i8,
        };
        self.taps.extend_from_slice(taps.as_chunks().0);
        class
    }

    /// The class of a variance, px²; `chance` (any bits, a dot's own) decides between neighbours.
    #[inline]
    pub fn class_of(variance: f32, chance: u32) -> usize {
        // The bits of a float are its logarithm, straight between powers of two.
        let shift = 23 - STEPS_PER_DOUBLING_LOG2;
        let dithered = variance.max(LEAST_VARIANCE).to_bits() + (chance & ((1 << shift) - 1));
        ((dithered - LEAST_VARIANCE.to_bits()) >> shift).min(CLASSES as u32 - 1) as usize
    }

    /// The variance that a class stands for, px².
    fn variance_of(class: usize) -> f32 {
        let shift = 23 - STEPS_PER_DOUBLING_LOG2;
        f32::from_bits(LEAST_VARIANCE.to_bits() + ((class as u32) << shift))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test's panic is its message")]
    use super::*;

    fn taps(table: &KernelTable, class: Class, phase: usize) -> &[Lanes] {
        &table.all()[class.place(phase as u32) as usize..][..usize::from(class.groups)]
    }

    #[test]
    fn every_kernel_has_exactly_the_unit_mass() {
        for class in 0..CLASSES {
            let mut table = KernelTable::default();
            let kernels = table.class(class);
            for phase in 0..PHASES {
                assert_eq!(
                    taps(&table, kernels, phase).as_flattened().iter().map(|t| u32::from(*t)).sum::<u32>(),
                    UNIT
                );
            }
        }
    }

    #[test]
    fn kernels_are_centred_and_as_wide_as_they_say() {
        for class in (0..96).step_by(5) {
            let variance = f64::from(KernelTable::variance_of(class));
            let mut table = KernelTable::default();
            let kernels = table.class(class);
            // What a narrow kernel loses on a pixel's centre it has too much between two.
            let (mut mean, mut spread) = (0.0, 0.0);
            for phase in 0..PHASES {
                let middle = (phase as f64 + 0.5) / PHASES as f64;
                for (i, tap) in taps(&table, kernels, phase).as_flattened().iter().enumerate() {
                    let d = (i as i32 + i32::from(kernels.first)) as f64 - middle;
                    mean += d * f64::from(*tap) / f64::from(UNIT) / PHASES as f64;
                    spread += d * d * f64::from(*tap) / f64::from(UNIT) / PHASES as f64;
                }
            }
            assert!(mean.abs() < 0.01, "class {class}: {mean}");
            assert!((spread / variance - 1.0).abs() < 0.05, "class {class}: {spread} {variance}");
        }
    }

    #[test]
    fn a_variance_falls_into_its_own_class_or_the_next() {
        for i in 0..2000 {
            let variance = 0.26 + 0.01 * i as f32;
            let low = KernelTable::class_of(variance, 0);
            let high = KernelTable::class_of(variance, u32::MAX);
            assert!(high == low || high == low + 1);
            assert!(KernelTable::variance_of(low) <= variance);
            assert!(KernelTable::variance_of(low + 1) > variance * 0.999);
        }
    }

    #[test]
    fn chance_keeps_the_mean_width() {
        let variance = 1.37f32;
        let n = 4096u32;
        let mean: f64 = (0..n)
            .map(|i| {
                f64::from(KernelTable::variance_of(KernelTable::class_of(
                    variance,
                    i.wrapping_mul(0x9e37_79b9),
                )))
            })
            .sum::<f64>()
            / f64::from(n);
        assert!((mean / f64::from(variance) - 1.0).abs() < 0.01, "{mean}");
    }
}
