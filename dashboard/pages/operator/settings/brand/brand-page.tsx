import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useScope } from "../../../../parts/scope.tsx";
import { brandQuery } from "../../../../queries.ts";
import { Button } from "../../../../ui/button.tsx";
import { Field } from "../../../../ui/field.tsx";
import { FormProblem } from "../../../../ui/form-problem.tsx";
import { PageHeading, Section, useTitle } from "../../../../ui/page.tsx";
import { Bones, Loaded } from "../../../../ui/states.tsx";
import { Tabs } from "../../../../ui/tabs.tsx";
import { useVoice } from "../../../../ui/toast.tsx";
import { useSubmit } from "../../../../ui/use-submit.ts";
import type { Brand } from "../../../../wire.ts";
import { BrandPreview } from "./brand-preview.tsx";
import { ColorRepair } from "./color-repair.tsx";
import { LogoSetting } from "./logo-setting.tsx";

type Language = "en" | "hi";
type Word = "headline" | "lead_text" | "button" | "thanks";
type Draft = { color: string; texts: Brand["texts"] };

const LANGUAGES = [
  { value: "en", word: "English" },
  { value: "hi", word: "हिन्दी" },
];
const WORDS: { word: Word; label: string; max: number; ours: string }[] = [
  { word: "headline", label: "Headline", max: 80, ours: "{friend} invited you" },
  { word: "lead_text", label: "Below it", max: 240, ours: "Join {program} with your name and e-mail." },
  { word: "button", label: "Button", max: 40, ours: "Join {program}" },
  { word: "thanks", label: "Thanks, after joining", max: 240, ours: "Thanks to {friend}, who invited you." },
];

/** How the program looks to people: one colour, a logo and words of its own, beside what friends will see. */
export default function BrandPage() {
  const { api } = useScope();
  const query = useQuery(brandQuery(api));
  useTitle("Brand");
  return (
    <>
      <PageHeading title="Brand">
        On the page behind a link, in mails, on pictures under shared links and in the portal.
      </PageHeading>
      <Loaded query={query} what="The brand" skeleton={<Bones rows={8} />}>
        {(brand) => <BrandForm brand={brand} />}
      </Loaded>
    </>
  );
}

function BrandForm({ brand }: { brand: Brand }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [draft, setDraft] = useState<Draft>({ color: brand.color ?? "", texts: brand.texts });
  const [language, setLanguage] = useState<Language>("en");
  const { submit, isBusy, problem } = useSubmit(
    (body: { color: string | null; texts: Brand["texts"] }, idempotencyKey) =>
      api.put<Brand>("/v1/brand", { body, idempotencyKey }),
    (saved) => {
      client.setQueryData(["brand", programId], saved);
      toast("Saved. Pages show it from now on.");
    },
  );
  const words = draft.texts[language] ?? {};
  const setWord = (word: Word, text: string) => {
    const { [word]: _before, ...others } = words;
    const changed = text === "" ? others : { ...others, [word]: text };
    setDraft({ ...draft, texts: { ...draft.texts, [language]: changed } });
  };
  return (
    <div className="mt-6 grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
      <div className="grid gap-10">
        <LogoSetting brand={brand} />
        <form
          className="grid gap-10"
          onSubmit={(event) => {
            event.preventDefault();
            void submit({ color: draft.color === "" ? null : draft.color, texts: draft.texts });
          }}
        >
          <Section title="Colour">
            <ColorRepair
              color={draft.color}
              onColor={(color) => setDraft({ ...draft, color })}
              error={problem?.fieldMessage("/color")}
            />
          </Section>
          <Section title="Words">
            <p className="mt-2 mb-4 max-w-[68ch] text-ink-2">
              Leave a field empty for ours. <code>{"{friend}"}</code> stands for who invited (“A friend” where
              they did not agree to be named), <code>{"{program}"}</code> for your name.
            </p>
            <Tabs
              label="Language"
              tabs={LANGUAGES}
              value={language}
              onChoose={(value) => setLanguage(value as Language)}
            />
            <div className="mt-4 grid gap-4">
              {WORDS.map(({ word, label, max, ours }) => (
                <Field
                  key={`${language} ${word}`}
                  label={label}
                  value={words[word] ?? ""}
                  placeholder={language === "en" ? ours : ""}
                  maxLength={max}
                  onText={(text) => setWord(word, text)}
                  error={problem?.fieldMessage(`/texts/${language}/${word}`)}
                />
              ))}
            </div>
          </Section>
          <FormProblem problem={problem} shown={["/color"]} />
          <Button type="submit" look="primary" busy={isBusy} className="justify-self-start">
            Save
          </Button>
        </form>
      </div>
      <BrandPreview color={draft.color} words={words} version={brand.stylesheet ?? brand.logo?.url ?? ""} />
    </div>
  );
}
