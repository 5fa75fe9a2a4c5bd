/** What a domain says about who may send mail in its name. */
export type SenderCheck = {
  name: "spf" | "dkim" | "dmarc";
  state: "ok" | "missing" | "weak" | "unknown";
  found: string | null;
  text: string;
  record: { type: string; name: string; value: string } | null;
};

const NOBODY_ANSWERED =
  "We could not ask the DNS from here. Nothing is wrong because of that; look again when this server is online.";

type Found = string[] | null;

/** Names a domain is asked under. */
export const spfName = (domain: string): string => domain;
export const dkimName = (domain: string, selector: string): string => `${selector}._domainkey.${domain}`;
export const dmarcName = (domain: string): string => `_dmarc.${domain}`;

export function checkSpf(domain: string, texts: Found): SenderCheck {
  const check = { name: "spf" as const, record: null };
  if (texts === null) return { ...check, state: "unknown", found: null, text: NOBODY_ANSWERED };
  const found = texts.filter((text) => /^v=spf1(\s|$)/i.test(text));
  if (found.length > 1)
    return {
      ...check,
      state: "weak",
      found: found.join("\n"),
      text: "There are several SPF records, and mailboxes then ignore them all. Make one of them.",
    };
  const [one = null] = found;
  if (one === null)
    return {
      ...check,
      ...{ state: "missing", found: null },
      text: "No record says which servers may send in this domain’s name. Add this one, with the include your mail provider tells you.",
      record: { type: "TXT", name: spfName(domain), value: "v=spf1 include:<your mail provider> ~all" },
    };
  const isOpen = /[+?]all\b/i.test(one) || /\sall$/i.test(one);
  return isOpen
    ? {
        ...check,
        state: "weak",
        found: one,
        text: "It lets everybody send in your name. End it with ~all or -all.",
      }
    : {
        ...check,
        state: "ok",
        found: one,
        text: "It says which servers may send in this domain’s name. Check that your mail provider is among them.",
      };
}

export function checkDkim(domain: string, selector: string | null, texts: Found): SenderCheck {
  const check = { name: "dkim" as const, record: null };
  if (selector === null)
    return {
      ...check,
      ...{ state: "unknown", found: null },
      text: "Your mail provider signs what it sends, under a name it calls selector. Enter it here to look whether its key is there.",
    };
  if (texts === null) return { ...check, state: "unknown", found: null, text: NOBODY_ANSWERED };
  const [one = null] = texts.filter((text) => /(^|;)\s*p=/i.test(text));
  if (one !== null && !/(^|;)\s*p=\s*(;|$)/i.test(one))
    return {
      ...check,
      state: "ok",
      found: one.slice(0, 80),
      text: "The key your mails are signed with is there.",
    };
  return {
    ...check,
    ...{ state: "missing", found: one },
    text:
      one === null
        ? "There is no key under this selector. Add the record your mail provider shows for it."
        : "The key was withdrawn: mails signed with it count as unsigned. Add the new one of your mail provider.",
    record: {
      type: "TXT or CNAME",
      name: dkimName(domain, selector),
      value: "as your mail provider shows it",
    },
  };
}

export function checkDmarc(domain: string, texts: Found): SenderCheck {
  const check = { name: "dmarc" as const, record: null };
  if (texts === null) return { ...check, state: "unknown", found: null, text: NOBODY_ANSWERED };
  const [one = null] = texts.filter((text) => /^v=DMARC1/i.test(text));
  const record = {
    type: "TXT",
    name: dmarcName(domain),
    value: `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`,
  };
  if (one === null)
    return {
      ...check,
      ...{ state: "missing", found: null, record },
      text: "Large mailboxes want a DMARC record from whoever sends many mails. Begin with this one, which only reports.",
    };
  return /\bp=none\b/i.test(one)
    ? {
        ...check,
        state: "ok",
        found: one,
        text: "It only reports so far. When the reports look right, go on to p=quarantine.",
      }
    : { ...check, state: "ok", found: one, text: "Mails that only pretend to be yours are turned away." };
}
