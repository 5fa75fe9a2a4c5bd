import { useState } from "react";
import { planText } from "../../../parts/plan-text.ts";
import { TextArea } from "../../../ui/field.tsx";
import { useDraft } from "./draft-context.tsx";

/** The same text as its document; what is typed here is in the sentences at once. */
export function JsonView() {
  const { document, change } = useDraft();
  const [typed, setTyped] = useState<string | null>(null);
  const whole = planText(document);
  const isBroken = typed !== null && parsed(typed) === null;
  // As long as it says the same, what was typed stays as it was laid out.
  const isSame = typed !== null && !isBroken && planText(parsed(typed) as typeof document) === whole;
  return (
    <TextArea
      label="Plan document"
      rows={32}
      className="pt-3"
      value={typed !== null && (isBroken || isSame) ? typed : whole}
      onText={(text) => {
        setTyped(text);
        const read = parsed(text);
        if (read !== null) change("", read);
      }}
      error={
        isBroken ? "This is not a JSON document yet; the sentences show the last one that was." : undefined
      }
    />
  );
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
