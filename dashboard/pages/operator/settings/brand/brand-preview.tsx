import { useEffect, useState } from "react";
import { useScope } from "../../../../parts/scope.tsx";
import { Select } from "../../../../ui/field.tsx";
import { Tabs } from "../../../../ui/tabs.tsx";

const STATES = [
  { value: "open", label: "Open, friend is named" },
  { value: "unnamed", label: "Open, friend is not named" },
  { value: "expired", label: "Link has expired" },
  { value: "paused_link", label: "Link is paused" },
  { value: "used_up", label: "Link is used up" },
  { value: "full", label: "No free place" },
  { value: "waitlist", label: "Waiting list" },
  { value: "paused", label: "Program is paused" },
  { value: "ended", label: "Program has ended" },
];
const DEVICES = [
  { value: "phone", word: "Phone" },
  { value: "desktop", word: "Desktop" },
];
const THEMES = [
  { value: "light", word: "Light" },
  { value: "dark", word: "Dark" },
];
const SETTLE_MS = 400;

type Words = { headline?: string; lead_text?: string; button?: string };
type Props = { color: string; words: Words; version: string };

/** The page behind a link as friends will see it, before anything is saved. */
export function BrandPreview({ color, words, version }: Props) {
  const { programId } = useScope();
  const [state, setState] = useState("open");
  const [device, setDevice] = useState("phone");
  const [theme, setTheme] = useState("light");
  const { headline = "", lead_text = "", button = "" } = words;
  const query = new URLSearchParams({
    program_id: programId,
    state,
    theme,
    color,
    headline,
    lead_text,
    button,
    v: version,
  });
  const address = useSettled(`/welcome/preview?${query}`);
  return (
    <section aria-labelledby="preview" className="min-w-0 lg:sticky lg:top-6">
      <h2 id="preview" className="text-lg font-semibold">
        Preview
      </h2>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        <Select label="State" value={state} onText={setState} options={STATES} className="min-w-52" />
        <Tabs label="Device" tabs={DEVICES} value={device} onChoose={setDevice} />
        <Tabs label="Theme" tabs={THEMES} value={theme} onChoose={setTheme} />
      </div>
      <div className="mt-4 overflow-x-auto rounded-surface border border-line bg-sunken p-4">
        <iframe
          title="The page behind a link"
          src={address}
          className={`block h-[46rem] rounded-control border border-line ${device === "phone" ? "mx-auto w-[24rem] max-w-full" : "w-[64rem]"}`}
        />
      </div>
    </section>
  );
}

/** Not a page for every letter that is typed. */
function useSettled(address: string): string {
  const [settled, setSettled] = useState(address);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(address), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [address]);
  return settled;
}
