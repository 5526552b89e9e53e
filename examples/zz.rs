use hairline::composite::*;
use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let mut r = hairline::renderer::Renderer::new();
    r.load_follicles(&std::fs::read("www/assets/follicles.bin").unwrap()).unwrap();
    r.open_photo(&std::fs::read(&a[1]).unwrap()).unwrap();
    let json = std::fs::read_to_string(&a[2]).unwrap();
    r.set_document(&json).unwrap();
    let t = Instant::now();
    let mut worst = 0.0f64;
    loop {
        let t = Instant::now();
        let d = r.advance().unwrap();
        worst = worst.max(t.elapsed().as_secs_f64());
        if d {
            break;
        }
    }
    println!("prepare {:?} worst piece {:.4}", t.elapsed(), worst);
    println!("dots {}", r.dot_count().unwrap());
    for _ in 0..3 {
        let t = Instant::now();
        r.select_again().unwrap();
        println!("select {:?}", t.elapsed());
    }
    let v = View::new(0.0, 0.0, 1.0, 1536, 2048).unwrap();
    r.paint(&v).unwrap();
    for _ in 0..5 {
        let t = Instant::now();
        r.redraw(&v).unwrap();
        println!("redraw {:?}", t.elapsed());
    }
    let doc: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut ms = 9.0f64;
    let mut mt = 9.0f64;
    for i in 0..60 {
        let mut d = doc.clone();
        for k in 5..10 {
            let y = d["hairline"]["points"][k][1].as_f64().unwrap();
            d["hairline"]["points"][k][1] = serde_json::json!(y - 2.0 * ((i % 20 + 1) as f64));
        }
        let s = d.to_string();
        let t = Instant::now();
        r.set_document(&s).unwrap();
        let t1 = t.elapsed();
        r.advance().unwrap();
        let t2 = t.elapsed();
        let p = r.paint(&v).unwrap();
        println!("drag json {:?} select {:?} total {:?} {:?}", t1, t2 - t1, t.elapsed(), p.rect);
    }
}
