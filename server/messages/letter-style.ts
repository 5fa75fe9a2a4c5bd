/** Only what a `style` attribute cannot say: dark mailboxes and narrow screens. */
export const LETTER_STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media(max-width:480px){.inside{padding:24px 20px 20px!important}}
@media(prefers-color-scheme:dark){
.canvas{background:#101110!important}
.sheet{background:#171816!important;border-color:#2c2d29!important}
.ink{color:#ecece7!important}
.faint{color:#aeaea6!important}
.quote{background:#2c2d29!important;color:#ecece7!important}
.line{border-color:#2c2d29!important}}`;

const WHITE = "#ffffff";
const INK = "#1b1c19";

/** White or ink, whichever is easier to read on the colour. */
export function inkOn(color: string): string {
  const luminance = luminanceOf(color);
  const onWhite = 1.05 / (luminance + 0.05);
  const onInk = (luminance + 0.05) / (luminanceOf(INK) + 0.05);
  return onWhite >= onInk ? WHITE : INK;
}

/** Relative luminance as WCAG defines it. */
function luminanceOf(color: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((one) =>
    one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
