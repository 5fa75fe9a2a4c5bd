import { useQuery } from "@tanstack/react-query";
import { slugQuery } from "../../queries.ts";
import { Field } from "../../ui/field.tsx";
import { useSettled } from "../participant-picker.tsx";
import { useScope } from "../scope.tsx";

const REST_MS = 250;

type Props = {
  value: string;
  onText: (slug: string) => void;
  linkId: string | null;
  /** The address it has now: nothing has to be said about it. */
  current: string | null;
  error: string | undefined;
};

/** An address of one's own; while it is typed it says whether it can be had, and what is near where it cannot. */
export function SlugField({ value, onText, linkId, current, error }: Props) {
  const { api } = useScope();
  const slug = value.trim().toLowerCase();
  const settled = useSettled(slug, REST_MS);
  const isAsked = settled !== "" && settled !== current;
  const { data } = useQuery({ ...slugQuery(api, settled, linkId), enabled: isAsked });
  const verdict = isAsked && data?.slug === slug ? data : undefined;
  const isTaken = verdict !== undefined && !verdict.is_available;
  return (
    <div>
      <Field
        label="Address (optional)"
        value={value}
        onText={onText}
        autoComplete="off"
        maxLength={40}
        placeholder="your-name"
        error={error ?? (isTaken ? verdict.reason?.message : undefined)}
        hint={`${location.host}/${slug || "…"}`}
      />
      <p role="status" className="mt-1 text-sm text-ok">
        {verdict?.is_available && "This address is free."}
      </p>
      {isTaken && verdict.suggestions.length > 0 && (
        <fieldset className="mt-1.5 flex flex-wrap items-center gap-1.5">
          <legend className="sr-only">Free addresses that are near</legend>
          {verdict.suggestions.map((free) => (
            <button
              key={free}
              type="button"
              onClick={() => onText(free)}
              className="min-h-8 pointer-coarse:min-h-11 rounded-chip border border-line-strong px-3 font-mono text-sm hover:bg-sunken"
            >
              {free}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
