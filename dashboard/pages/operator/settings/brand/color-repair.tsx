import { useQuery } from "@tanstack/react-query";
import { useScope } from "../../../../parts/scope.tsx";
import { brandColorsQuery } from "../../../../queries.ts";
import { Button } from "../../../../ui/button.tsx";
import { Field } from "../../../../ui/field.tsx";
import type { BrandColors } from "../../../../wire.ts";

const OURS = "#0b6e4f";
const COLOR = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const WORDS_MIN = 4.5;

type Props = { color: string; onColor: (color: string) => void; error?: string | undefined };

/** One colour in; what becomes of it, and where it had to be moved so that it can be read. */
export function ColorRepair({ color, onColor, error }: Props) {
  const { api } = useScope();
  const isColor = COLOR.test(color);
  const { data: colors } = useQuery(brandColorsQuery(api, isColor ? color : null));
  return (
    <div className="mt-4 grid gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <label className="grid gap-1.5 font-medium">
          <span>Pick</span>
          <input
            type="color"
            value={isColor && color.length === 7 ? color : OURS}
            onInput={(event) => onColor(event.currentTarget.value)}
            className="h-10 w-14 cursor-pointer rounded-control border border-line-strong bg-surface p-1"
          />
        </label>
        <Field
          label="As a number"
          value={color}
          placeholder={OURS}
          maxLength={7}
          onText={onColor}
          error={error ?? (color !== "" && !isColor ? "Such as #0b6e4f." : undefined)}
          className="w-36"
        />
        {color !== "" && (
          <Button look="quiet" onClick={() => onColor("")}>
            Use ours
          </Button>
        )}
      </div>
      {colors && (
        <div className="grid gap-3 sm:grid-cols-2">
          <Theme name="In light" colors={colors.light} color={colors.color} ground="#fafaf8" />
          <Theme name="In dark" colors={colors.dark} color={colors.color} ground="#101110" />
        </div>
      )}
    </div>
  );
}

type ThemeProps = { name: string; colors: BrandColors["light"]; color: string; ground: string };

function Theme({ name, colors, color, ground }: ThemeProps) {
  const { text_contrast: text, fill_contrast: fill } = colors;
  return (
    <figure className="overflow-hidden rounded-surface border border-line">
      <div className="grid gap-3 p-4" style={{ background: ground }}>
        <span
          className="rounded-control px-3 py-2 text-center font-medium"
          style={{ background: colors.brand, color: colors.on_brand, border: `1px solid ${colors.edge}` }}
        >
          Join
        </span>
        <span className="flex items-baseline justify-between gap-3">
          <span style={{ color }} aria-hidden="true">
            Before
          </span>
          <span style={{ color: colors.brand_text }}>Words after</span>
        </span>
      </div>
      <figcaption className="border-t border-line bg-surface px-4 py-3 text-sm text-ink-2">
        <b className="block font-medium text-ink">{name}</b>
        {text.before >= WORDS_MIN
          ? `Your colour can be read as it is (${ratio(text.before)}).`
          : `As words it reached ${ratio(text.before)}; moved to ${ratio(text.after)}.`}{" "}
        {fill.before >= WORDS_MIN ? "Buttons keep it." : "Buttons were darkened by a hair."}
      </figcaption>
    </figure>
  );
}

const ratio = (value: number): string => `${value.toFixed(1)}\u00a0:\u00a01`;
