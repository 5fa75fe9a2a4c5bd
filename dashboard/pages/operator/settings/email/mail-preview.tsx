import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { previewQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { Section } from "../../../../ui/page.tsx";
import { Bones } from "../../../../ui/states.tsx";
import { Tabs } from "../../../../ui/tabs.tsx";
import { LetterFrame } from "./letter-frame.tsx";

const PAUSE_MS = 400;
const FORMS = [
  { value: "wide", word: "Desktop" },
  { value: "narrow", word: "Phone" },
  { value: "text", word: "Plain text" },
];
const COLOURS = [
  { value: "light", word: "Light" },
  { value: "dark", word: "Dark" },
];

/** The mail these words make about somebody made up, a moment after they are typed. */
export function MailPreview(props: { message: string; language: string; words: Record<string, string> }) {
  const { message, language } = props;
  const { api } = useScope();
  const [form, setForm] = useState("wide");
  const [colour, setColour] = useState("light");
  const words = useLater(props.words);
  const { data, error } = useQuery(previewQuery(api, message, language, words));
  return (
    <Section title="Preview" className="min-w-0">
      <div className="my-3 flex flex-wrap gap-x-6 gap-y-2">
        <Tabs label="Form" tabs={FORMS} value={form} onChoose={setForm} />
        {form !== "text" && <Tabs label="Colours" tabs={COLOURS} value={colour} onChoose={setColour} />}
      </div>
      {error && (
        <p role="status" className="mb-3 text-bad">
          These words cannot be said yet; the preview shows what was before.
        </p>
      )}
      {!data && !error && <Bones rows={6} />}
      {data && <p className="mb-3 font-medium">{data.subject}</p>}
      {data && form === "text" && (
        <pre className="max-w-[680px] rounded-surface border border-line bg-surface p-4 font-mono text-sm whitespace-pre-wrap">
          {data.text}
        </pre>
      )}
      {data && form !== "text" && (
        <LetterFrame
          html={data.html}
          title={`Preview: ${data.subject}`}
          isDark={colour === "dark"}
          isNarrow={form === "narrow"}
        />
      )}
    </Section>
  );
}

/** A value that has rested for a moment. */
function useLater<Value>(value: Value): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
