import encodeQR from "qr";

/** A QR code of a link as SVG, dark on a white plate whatever it lies on; medium error correction survives a fold. */
export function qrSvg(url: string): string {
  const svg = encodeQR(url, "svg", { ecc: "medium", border: 2 });
  return svg.replace(/(<svg[^>]*>)/, '$1<rect width="100%" height="100%" fill="#fff"/>');
}
