import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Color, contrast, parseColor } from "../primitives/color.ts";
import { brandThemes } from "./brand-colors.ts";

const anyColor = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value): Color => `#${value.toString(16).padStart(6, "0")}`);
const GROUNDS = {
  light: ["#fafaf8", "#ffffff", "#f3f3f0"],
  dark: ["#101110", "#171816", "#0c0d0c"],
} as const;
const least = (color: Color, grounds: readonly Color[]) =>
  Math.min(...grounds.map((one) => contrast(color, one)));

describe("contrast", () => {
  it("is that of WCAG", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrast("#0b6e4f", "#ffffff")).toBeCloseTo(6.25, 2);
  });
});

describe("a brand", () => {
  it("can be read, in every theme, whatever its colour is", () => {
    fc.assert(
      fc.property(anyColor, (color) => {
        const themes = brandThemes(color);
        for (const theme of ["light", "dark"] as const) {
          const { brand, onBrand, hover, brandText, edge, tint } = themes[theme];
          expect(contrast(brand, onBrand)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(hover, onBrand)).toBeGreaterThanOrEqual(4.5);
          expect(least(brandText, [...GROUNDS[theme], tint])).toBeGreaterThanOrEqual(4.5);
          expect(least(edge, GROUNDS[theme])).toBeGreaterThanOrEqual(3);
          for (const one of Object.values(themes[theme])) expect(one).toMatch(/^#[0-9a-f]{6}$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps its own colour wherever words can be read on it", () => {
    fc.assert(
      fc.property(anyColor, (color) => {
        const isReadable = contrast(color, "#ffffff") >= 4.5 || contrast(color, "#1b1c19") >= 4.5;
        fc.pre(isReadable);
        expect(brandThemes(color).light.brand).toBe(color);
      }),
    );
  });

  it("is repaired within its hue: yellow words become a dark yellow, not grey", () => {
    const { light, dark } = brandThemes("#ffd600");
    expect(light).toMatchObject({ brand: "#ffd600", onBrand: "#1b1c19" });
    expect(dark.brandText).toBe("#ffd600");
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(light.brandText.slice(at, at + 2), 16));
    expect(red).toBeGreaterThan(green as number);
    expect(green).toBeGreaterThan((blue as number) + 60);
  });
});

it("reads colours of three and of six digits, and nothing else", () => {
  expect(parseColor("#FA0")).toBe("#ffaa00");
  expect(parseColor("#0B6E4F")).toBe("#0b6e4f");
  for (const text of ["", "red", "#12", "#12345", "#0b6e4f;}", "url(x)", "#ggg"])
    expect(parseColor(text)).toBeNull();
});
