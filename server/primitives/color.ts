/** A colour as `#rrggbb`. */
export type Color = `#${string}`;

/** Lightness, chroma and hue (in degrees), as eyes see them evenly: OKLCH by Björn Ottosson. */
type Oklch = { l: number; c: number; h: number };
type Channels = readonly [red: number, green: number, blue: number];

const PATTERN = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const STEP = 1 / 512;

/** Reads `#rgb` and `#rrggbb`; null for anything else. */
export function parseColor(text: string): Color | null {
  if (!PATTERN.test(text)) return null;
  const digits = text.slice(1).toLowerCase();
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((digit) => digit + digit).join("")}`;
}

/** WCAG 2.2: from 1 to 21. */
export function contrast(a: Color, b: Color): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The nearest colour of the same hue that has this contrast against every ground: its lightness is moved, up or down,
 * and its chroma gives way where the screen cannot show it. Black and white are where the ways end.
 */
export function movedUntil(
  color: Color,
  grounds: readonly Color[],
  ratio: number,
  towards: "dark" | "light",
): Color {
  const isEnough = (one: Color): boolean => grounds.every((ground) => contrast(one, ground) >= ratio);
  if (isEnough(color)) return color;
  const { l, c, h } = toOklch(color);
  const sign = towards === "dark" ? -STEP : STEP;
  for (let lightness = l + sign; lightness > 0 && lightness < 1; lightness += sign) {
    const moved = fromOklch({ l: lightness, c, h });
    if (isEnough(moved)) return moved;
  }
  return towards === "dark" ? "#000000" : "#ffffff";
}

/** The same hue, lighter or darker, and fainter. */
export function shaded(color: Color, l: number, chromaMax: number): Color {
  const { c, h } = toOklch(color);
  return fromOklch({ l, c: Math.min(c, chromaMax), h });
}

/** A little darker or lighter. */
export function nudged(color: Color, by: number): Color {
  const { l, c, h } = toOklch(color);
  return fromOklch({ l: Math.min(1, Math.max(0, l + by)), c, h });
}

function luminance(color: Color): number {
  const [red, green, blue] = linear(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(color: Color): Channels {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function toOklch(color: Color): Oklch {
  const [red, green, blue] = linear(color);
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short;
  return {
    l: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    c: Math.hypot(a, b),
    h: (Math.atan2(b, a) * 180) / Math.PI,
  };
}

const CHROMA_STEPS = 24;

/** Where no screen shows the colour, the most chroma of that lightness and hue that one does. */
function fromOklch({ l, c, h }: Oklch): Color {
  const whole = channelsOf({ l, c, h });
  if (isShown(whole)) return hexOf(whole);
  let [from, to] = [0, c];
  for (let step = 0; step < CHROMA_STEPS; step++) {
    const half = (from + to) / 2;
    if (isShown(channelsOf({ l, c: half, h }))) from = half;
    else to = half;
  }
  return hexOf(channelsOf({ l, c: from, h }));
}

function channelsOf({ l, c, h }: Oklch): Channels {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

const HAIR = 1e-4;
const isShown = (channels: Channels): boolean => channels.every((one) => one >= -HAIR && one <= 1 + HAIR);

function hexOf(channels: Channels): Color {
  const digits = channels.map((one) => {
    const value = one <= 0.0031308 ? one * 12.92 : 1.055 * Math.max(0, one) ** (1 / 2.4) - 0.055;
    const byte = Math.round(Math.min(1, Math.max(0, value)) * 255);
    return byte.toString(16).padStart(2, "0");
  });
  return `#${digits.join("")}`;
}
