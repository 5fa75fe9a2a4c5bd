import { ChoiceBlank, TextBlank } from "./blanks.tsx";
import { usePlace } from "./draft-context.tsx";

const OWN = "own";
const TRIGGERS = [
  ["purchase", "every order"],
  ["signup", "every sign-up"],
  ["verified", "every verification"],
  ["qualified", "every friend who qualifies"],
  [OWN, "something of your own"],
] as const;

/** What has to happen: one of ours, or a word the operator's product sends. */
export function Trigger({ pointer, isQualifying = false }: { pointer: string; isQualifying?: boolean }) {
  const { value, set } = usePlace(pointer);
  const isOurs = TRIGGERS.some(([name]) => name === value && name !== OWN);
  const choices = isQualifying ? TRIGGERS.filter(([name]) => name !== "qualified") : TRIGGERS;
  if (isOurs) {
    return (
      <ChoiceBlank
        pointer={pointer}
        label="What it is for"
        choices={choices}
        onChoose={(chosen) => set(chosen === OWN ? "" : chosen)}
      />
    );
  }
  return (
    <>
      every <TextBlank pointer={pointer} label="What it is for" placeholder="trial_started" />{" "}
      <button type="button" className="text-sm text-accent underline" onClick={() => set("purchase")}>
        or an order
      </button>
    </>
  );
}
