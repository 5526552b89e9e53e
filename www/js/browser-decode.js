// @ts-check
/** Photos that the engine does not read but this browser does (WebP everywhere, HEIC in Safari, AVIF). */

/**
 * The photo as PNG, or null where the browser cannot read it either. Through `<img>`, which turns
 * by EXIF everywhere, unlike `createImageBitmap`.
 * @param {Blob} photo
 * @returns {Promise<Blob | null>}
 */
export async function convertByBrowser(photo) {
  if (!photo.type.startsWith('image/') && !/\.(heic|heif|avif|webp)$/i.test(/** @type {File} */ (photo).name ?? '')) return null;
  const url = URL.createObjectURL(photo);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.naturalWidth;
    canvas.height = picture.naturalHeight;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    // Null where the canvas is too large for the device.
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
