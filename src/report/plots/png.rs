//! PNG from our own SVG, with the fonts that come with the crate: no system fonts, no system libraries.

use resvg::{tiny_skia, usvg};

/// Pixels of the PNG per pixel of the SVG: sharp on screens of high density and in print.
const SCALE: f32 = 2.0;

const REGULAR: &[u8] = include_bytes!("../../../assets/DejaVuSans-subset.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/DejaVuSans-Bold-subset.ttf");

/// The picture as PNG.
pub(in crate::report) fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut options = usvg::Options { font_family: "DejaVu Sans".to_owned(), ..usvg::Options::default() };
    let fonts = options.fontdb_mut();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| format!("cannot draw a plot: {e}"))?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or("cannot draw a plot: it has no size")?;
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or("cannot draw a plot: no memory")?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| format!("cannot encode a plot: {e}"))
}
