import { EMAIL_CHARS_MAX } from "../primitives/email.ts";
import { type Fragment, type Html, html } from "../primitives/html.ts";
import type { Invitation } from "./invitation.ts";
import { type FieldErrors, type JoinFields, NAME_CHARS_MAX } from "./join-form.ts";
import { countriesAsked, type Offer } from "./offer.ts";

type FieldsView = {
  program: string;
  invitation: Invitation;
  offer: Offer | null;
  fields: JoinFields;
  errors: FieldErrors;
};

/** The code, who somebody is, where they live where that matters, and what they agree to. */
export function fieldsOf(view: FieldsView): Html {
  return html`${chipOf(view)}
${nameAndEmail(view)}
${countryOf(view)}
${consentsOf(view)}`;
}

function nameAndEmail({ fields, errors }: FieldsView): Html[] {
  const [first] = Object.keys(errors);
  return [
    fieldOf({
      name: "name",
      label: "Name",
      value: fields.name,
      error: errors.name,
      isFirstError: first === "name",
      type: "text",
      autocomplete: "name",
      maxlength: NAME_CHARS_MAX,
    }),
    fieldOf({
      name: "email",
      label: "E-mail",
      value: fields.email,
      error: errors.email,
      isFirstError: first === "email",
      type: "email",
      autocomplete: "email",
      maxlength: EMAIL_CHARS_MAX,
    }),
  ];
}

const ELSEWHERE = "ZZ";
const COUNTRIES = new Intl.DisplayNames("en", { type: "region" });

/** Asked only where what somebody gets depends on it. */
function countryOf({ offer, fields }: FieldsView): Html | null {
  const countries = countriesAsked(offer);
  if (countries === null) return null;
  const option = (code: string, name: string) =>
    html`<option value="${code}"${fields.country === code && html` selected`}>${name}</option>`;
  return html`<div class="field"><label for="country">Where you live</label>
<select id="country" name="country" autocomplete="country" aria-describedby="country-hint">
${countries.map((code) => option(code, COUNTRIES.of(code) ?? code))}${option(ELSEWHERE, "Somewhere else")}
</select>
<p class="hint" id="country-hint">What you get depends on it. You can join from everywhere.</p></div>`;
}

/** Each with a consent of its own; nothing is ticked for anybody. */
function consentsOf({ program, fields }: FieldsView): Html {
  const box = (name: string, isOn: boolean, text: string) =>
    html`<label class="check"><input type="checkbox" name="${name}" value="yes"${isOn && html` checked`}><span>${text}</span></label>`;
  return html`<div class="checks">
${box("shown", fields.isNameShown, "Show my first name to friends I invite")}
${box("news", fields.hasMarketingConsent, `Send me news of ${program}`)}
</div>`;
}

/** The code a link carried, to be seen and changed; opened without a script. */
function chipOf({ fields, errors, invitation }: FieldsView): Html {
  const isApplied = "advocateId" in invitation && errors.code === undefined;
  const isUnknown = invitation.kind === "unknown_code";
  const summary = isApplied
    ? html`<span class="tick" aria-hidden="true">✓</span><b>Code <code>${fields.code}</code> applied</b><span>Change</span>`
    : fields.code === null
      ? html`<b>Have an invitation code?</b><span>Enter it</span>`
      : html`<b>Invitation code${!isUnknown && html` <code>${fields.code}</code>`}</b><span>Change</span>`;
  return html`<details class="chip ${isApplied ? "" : "off"}"${isUnknown && html` open`}>
<summary>${summary}</summary>
<div>${fieldOf({
    name: "ref",
    label: html`<span class="sr">Invitation code</span>`,
    value: fields.code ?? "",
    error: isUnknown ? UNKNOWN_CODE : undefined,
    isFirstError: Object.keys(errors)[0] === "code",
    ...(isUnknown ? {} : { hint: "Leave it empty to join without an invitation." }),
    type: "text",
    autocomplete: "off",
    maxlength: 100,
  })}</div>
</details>`;
}

const UNKNOWN_CODE = "We don’t know this code. Check it, or empty the field and join all the same.";

type Field = {
  name: string;
  label: Fragment;
  value: string;
  error?: string | undefined;
  /** The cursor waits where something must be corrected. */
  isFirstError?: boolean;
  hint?: string;
  type: "text" | "email";
  autocomplete: string;
  maxlength: number;
};

/** A control with its name, a hint and what is wrong with it, tied together for every reader. */
function fieldOf(field: Field): Html {
  const { name, label, value, error, isFirstError, hint, type, autocomplete, maxlength } = field;
  const notes = [error ? `${name}-error` : "", hint ? `${name}-hint` : ""].filter(Boolean).join(" ");
  return html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" maxlength="${maxlength}"${
    name === "ref" ? html` autocapitalize="none" spellcheck="false"` : html` required`
  }${error && html` aria-invalid="true"`}${isFirstError && html` autofocus`}${notes && html` aria-describedby="${notes}"`}>
${error && html`<p class="error" id="${name}-error">${error}</p>`}${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
</div>`;
}
