use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let d = hairline::document::Document::from_json(&std::fs::read_to_string(&a[1]).unwrap()).unwrap();
    let h = d.fitted_head();
    let mut m = 9.0f64;
    for _ in 0..60 {
        let t = Instant::now();
        std::hint::black_box(hairline::density::Region::new(&d, &h, 180.0));
        m = m.min(t.elapsed().as_secs_f64());
    }
    println!("region {:.6}", m);
    let mut m = 9.0f64;
    for _ in 0..60 {
        let t = Instant::now();
        std::hint::black_box(d.hairline.polyline(9.2));
        m = m.min(t.elapsed().as_secs_f64());
    }
    println!("polyline {:.6} n {}", m, d.hairline.polyline(9.2).len());
    let r = hairline::density::Region::new(&d, &h, 180.0);
    let c = d.head.centre;
    let mut m = 9.0f64;
    for _ in 0..30 {
        let t = Instant::now();
        let mut n = 0;
        for i in 0..270 {
            for j in 0..270 {
                let p = hairline::space::PhotoPoint::new(
                    c.x + (i as f64 - 135.0) * 2.7,
                    c.y - 400.0 + (j as f64) * 2.5,
                );
                if r.locate(p) != hairline::density::Behind::Not {
                    n += 1
                }
            }
        }
        m = m.min(t.elapsed().as_secs_f64());
        std::hint::black_box(n);
    }
    println!("locate 72900 {:.6}", m);
}
