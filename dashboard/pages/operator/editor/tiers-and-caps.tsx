import { withMoved } from "../../../parts/json-pointer.ts";
import { CREDIT, POINTS } from "../../../parts/money.ts";
import { Section } from "../../../ui/page.tsx";
import type { PlanCap, PlanTier, Schema } from "../../../wire.ts";
import { ChoiceBlank, MoneyBlank, NumberBlank, PercentBlank, PickBlank, TextBlank } from "./blanks.tsx";
import { useDraft, usePlace } from "./draft-context.tsx";
import { AddButton, AddChoice, EntryButtons, IconButton } from "./entry-buttons.tsx";
import { freeId } from "./new-entry.ts";
import { OptionalParts } from "./optional-parts.tsx";

/** Steps an advocate climbs, lowest first. */
export function Tiers() {
  const { document, change, parts } = useDraft();
  const tiers = document.tiers ?? [];
  const set = (list: unknown[]) => change("/tiers", list.length === 0 ? undefined : list);
  const add = () => {
    const id = freeId(
      "tier",
      tiers.map((tier) => tier.id),
    );
    const tier: PlanTier = { id, name: "New tier", at_least: { qualified: 10 }, multiplier: "110" };
    set([...tiers, tier]);
  };
  return (
    <Section title="Tiers">
      <ol className="leading-9">
        {tiers.map((tier, index) => (
          <li key={index} className="flex items-start justify-between gap-3 border-b border-line py-2">
            <TierSentence tier={tier} pointer={`/tiers/${index}`} />
            <EntryButtons
              what={`tier ${index + 1}`}
              index={index}
              count={tiers.length}
              onMove={(to) => set(withMoved(tiers, index, to))}
              onRemove={() => set(tiers.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      <div className="py-3">
        {tiers.length === 0 && <p className="mb-1 text-ink-2">No tiers: everybody earns the same.</p>}
        {tiers.length < (parts?.tiers.maxItems ?? Number.POSITIVE_INFINITY) && (
          <AddButton onClick={add}>Add a tier</AddButton>
        )}
      </div>
    </Section>
  );
}

function TierSentence({ tier, pointer }: { tier: PlanTier; pointer: string }) {
  const { change } = useDraft();
  const { problem } = usePlace(`${pointer}/at_least`);
  return (
    <p>
      <TextBlank pointer={`${pointer}/name`} label="Name of the tier" /> (
      <TextBlank pointer={`${pointer}/id`} label="Id of the tier" />) begins{" "}
      <OptionalParts
        pointer={`${pointer}/at_least`}
        label="From"
        parts={[
          {
            key: "qualified",
            words: "a number of friends who qualified",
            initial: 10,
            blanks: (at) => (
              <>
                from <NumberBlank pointer={at} label="Friends who qualified" /> friends who qualified
              </>
            ),
          },
          {
            key: "points",
            words: "a number of points",
            initial: 1_000,
            blanks: (at) => (
              <>
                from <NumberBlank pointer={at} label="Points of the tier" /> points
              </>
            ),
          },
        ]}
      />{" "}
      {tier.multiplier === undefined ? (
        <AddChoice
          label="And earns"
          choices={[["120", "a multiple of each reward"]]}
          onChoose={(value) => change(`${pointer}/multiplier`, value)}
        />
      ) : (
        <>
          and earns <PercentBlank pointer={`${pointer}/multiplier`} label="Multiplier" /> % of each reward
          <IconButton
            icon="cross"
            name="Remove the multiplier"
            onClick={() => change(`${pointer}/multiplier`, undefined)}
          />
        </>
      )}
      {problem && <span className="block text-sm text-bad">{problem}</span>}
    </p>
  );
}

const SCOPES = [
  ["participant", "Each participant"],
  ["program", "Everybody together"],
  ["conversion", "One order"],
] as const;
const PERIODS = [
  ["day", "a day"],
  ["week", "a week"],
  ["month", "a month"],
  ["year", "a year"],
  ["ever", "in all"],
] as const;

/** What the server knows, in our words where we have some; one order has no period to choose. */
function choicesOf(schema: Schema | undefined, words: readonly (readonly [string, string])[]) {
  const known = new Map<string, string>(words);
  const all = schema?.enum ?? [...known.keys()];
  return all
    .filter((choice) => choice !== "conversion" || known.has(choice))
    .map((choice) => [choice, known.get(choice) ?? choice] as const);
}

/** What is granted at most. */
export function Caps() {
  const { document, change, parts } = useDraft();
  const caps = document.caps ?? [];
  const set = (list: unknown[]) => change("/caps", list.length === 0 ? undefined : list);
  const add = () => {
    const id = freeId(
      "cap",
      caps.map((cap) => cap.id),
    );
    const amount = { amount: 1_000_000, currency: document.currency };
    set([...caps, { id, scope: "participant", period: "month", amount }]);
  };
  return (
    <Section title="Caps">
      <ol className="leading-9">
        {caps.map((cap, index) => (
          <li key={index} className="flex items-start justify-between gap-3 border-b border-line py-2">
            <CapSentence cap={cap} pointer={`/caps/${index}`} />
            <EntryButtons
              what={`cap ${index + 1}`}
              index={index}
              count={caps.length}
              onMove={(to) => set(withMoved(caps, index, to))}
              onRemove={() => set(caps.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      <div className="py-3">
        {caps.length === 0 && <p className="mb-1 text-ink-2">No caps: there is no most.</p>}
        {caps.length < (parts?.caps.maxItems ?? Number.POSITIVE_INFINITY) && (
          <AddButton onClick={add}>Add a cap</AddButton>
        )}
      </div>
    </Section>
  );
}

function CapSentence({ cap, pointer }: { cap: PlanCap; pointer: string }) {
  const { document, change, parts } = useDraft();
  const known = parts?.caps.items?.properties;
  const rules = (document.rules ?? []).map(({ id }) => [id, id] as const);
  /** One order has no period but itself. */
  const scope = (value: string) => {
    const period = value === "conversion" ? value : cap.period === "conversion" ? "month" : cap.period;
    change(pointer, { ...cap, scope: value, period });
  };
  return (
    <p>
      <ChoiceBlank
        pointer={`${pointer}/scope`}
        label="Whose cap"
        choices={choicesOf(known?.["scope"], SCOPES)}
        onChoose={scope}
      />{" "}
      {cap.scope === "conversion" ? "pays at most" : "earns at most"}{" "}
      <MoneyBlank
        pointer={`${pointer}/amount`}
        label="At most"
        currencies={[document.currency, POINTS, CREDIT]}
      />{" "}
      {cap.scope !== "conversion" && (
        <ChoiceBlank
          pointer={`${pointer}/period`}
          label="Period of the cap"
          choices={choicesOf(known?.["period"], PERIODS)}
        />
      )}{" "}
      <OptionalParts
        pointer={pointer}
        label="Only by"
        parts={[
          {
            key: "rules",
            words: "some of the rules",
            initial: rules.slice(0, 1).map(([id]) => id),
            blanks: (at) => (
              <>
                by <PickBlank pointer={at} label="Rules of the cap" choices={rules} />
              </>
            ),
          },
        ]}
      />{" "}
      <span className="text-sm text-ink-2">
        called <TextBlank pointer={`${pointer}/id`} label="Id of the cap" />
      </span>
    </p>
  );
}
