import type { Locator, Page } from "playwright-core";

/** A page in one state: where it is, what is done on it, and what is seen when it is there. */
export type ScreenState = {
  name: string;
  path: string;
  act?: (page: Page) => Promise<void>;
  sign: (page: Page) => Locator;
};

const at = (
  name: string,
  path: string,
  sign: (page: Page) => Locator,
  act?: (page: Page) => Promise<void>,
): ScreenState => ({ name, path, sign, ...(act ? { act } : {}) });

const text = (words: string) => (page: Page) => page.getByText(words).first();
const heading = (words: string) => (page: Page) => page.getByRole("heading", { name: words }).first();
const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const mailPreview = (page: Page) => page.frameLocator("iframe").getByText("See the invitation");
const notice = (page: Page) => page.locator("[data-notice]").first();
const reward = (page: Page) => page.locator("[data-reward]").first();

/** Of a program that nobody has joined. */
export const emptyStates = (program: string): ScreenState[] => [
  at("program, empty", program, text("The program was launched")),
  at("participants, empty", `${program}/participants`, text("No participants yet")),
  at("referrals, empty", `${program}/referrals`, text("No referrals yet")),
  at("nothing to decide", `${program}/referrals/claims`, text("Nothing to decide")),
  at("ledger, empty", `${program}/ledger`, text("The books are empty")),
];

export const operatorStates = (program: string, participantId: string, purchaseId: string): ScreenState[] => {
  const participants = `${program}/participants`;
  const purchase = `${program}/conversions/${purchaseId}`;
  return [
    at("programs", "/app/programs", text("Loom & Lantern")),
    at("create a program", "/app/programs", text("Costs no money"), press("Create program")),
    at("program", program, text("Books balance")),
    at("account menu", program, text("Sign out"), press("Meera")),
    at("record a purchase", program, text("Order number"), press("Record a purchase")),
    at("record a purchase, nothing filled in", program, text("Choose who bought."), recordNothing),
    at("participants", participants, text("Asha")),
    at("add a participant", participants, (page) => page.getByRole("dialog"), press("Add participant")),
    at("participant added", participants, text("This is their link"), addParticipant),
    at("participants, no match", `${participants}?q=zzz`, text("Nobody matches")),
    at("participant", `${participants}/${participantId}`, heading("Asha")),
    at("unknown participant", `${participants}/par_nobody`, (page) => page.locator("main h1")),
    at("referrals", `${program}/referrals`, text("Brought by")),
    at("referrals, no match", `${program}/referrals?q=zzz`, text("No referrals match")),
    at("referral", `${program}/referrals`, text("decided by"), openReferral),
    at("reassign", `${program}/referrals`, (page) => page.getByRole("dialog"), openReassign),
    at("general settings", `${program}/settings/general`, text("Somebody invited me")),
    at("purchase", purchase, text("1 % of")),
    at("refund", purchase, (page) => page.getByRole("dialog"), press("Refund")),
    at("unknown purchase", `${program}/conversions/cnv_nothing`, (page) => page.locator("main h1")),
    at("invitations", `${program}/invitations`, text("No invitations yet")),
    at("invitations, rules", `${program}/invitations`, text("counts as your own"), press("Limits and rules")),
    at("plan", `${program}/plan`, text("On these terms")),
    at("plan, new draft", `${program}/plan/new`, text("May be published"), showCondition),
    at("plan, draft as JSON", `${program}/plan/new`, (page) => page.locator("textarea"), press("JSON")),
    at("plan, draft with mistakes", `${program}/plan/new`, text("keeps this from being a plan"), mistype),
    at("publish", `${program}/plan/new`, text("Golden example 1 fails"), publishDraft),
    at("delete a draft", `${program}/plan`, text("Nobody earned by it"), press("Delete")),
    at("replay, none", `${program}/plan`, text("Not replayed yet"), openReplay),
    at("replay", `${program}/plan`, text("What it rests on"), replayHistory),
    at("replay, as tables", `${program}/plan`, text("What it rests on"), replayAsTables),
    at("promotions, none", `${program}/plan/promotions`, text("No promotions yet")),
    at(
      "promotion, new",
      `${program}/plan/promotions`,
      text("Each reward pays 200 %"),
      press("New promotion"),
    ),
    at(
      "promotion, nothing filled in",
      `${program}/plan/promotions`,
      text("Must not be empty"),
      launchNothing,
    ),
    at("promotions", `${program}/plan/promotions`, text("To come"), launch),
    at("unknown draft", `${program}/plan/pln_nothing`, (page) => page.locator("main h1")),
    at("ledger", `${program}/ledger`, text("The books balance")),
    at("ledger, no match", `${program}/ledger?currency=JPY`, text("No entries match")),
    at("e-mail", `${program}/settings/email`, text("Who may send in your name")),
    at("messages", `${program}/settings/email/messages`, text("Somebody invites a friend by name")),
    at("message", `${program}/settings/email/messages/invitation`, text("Preview no offer")),
    at("message, as text", `${program}/settings/email/messages/invitation`, text("-- "), press("Plain text")),
    at("outbox", `${program}/settings/email/outbox`, heading("Outbox")),
    at("outbox, no match", `${program}/settings/email/outbox`, text("No mails match"), press("Bounced")),
    at("suppressions", `${program}/settings/email/suppressions`, text("Everybody may get mail")),
    at("keys", `${program}/settings/keys`, text("shop server")),
    at("create a key", `${program}/settings/keys`, text("Where it will be used"), press("Create key")),
    at("nothing there, in a program", `${program}/nothing`, heading("There is no page here")),
    at("a program of others", "/app/programs/prg_nobody", heading("This program is not open to you")),
  ];
};

export const advocateStates: ScreenState[] = [
  at("home", "/app/home", reward),
  at("how this was calculated", "/app/home", text("Order amount"), press(/how this was calculated/)),
  at("invite, share", "/app/invite", text("counts as your friend")),
  at("invite, links", "/app/invite/links", text("First link")),
  at("new link", "/app/invite/links", text("Destination and parameters"), press("New link")),
  at("new link, taken", "/app/invite/links", text("looks as if it were"), chooseOurs),
  at("QR code of a link", "/app/invite/links", (page) => page.locator("dialog img"), press("QR code")),
  at("invitations, none", "/app/invite/invitations", text("Invite your first friend")),
  at("invite by name", "/app/invite/new", mailPreview, pasteFriends),
  at("invite a list", "/app/invite/bulk", text("Drop a CSV file here")),
  at("invite a list, looked over", "/app/invite/bulk", text("can be invited"), pasteList),
  at("earnings", "/app/earnings", reward),
  at("invite, share in Hindi", "/app/invite", text("लाभ मिल सकता है"), press("हिन्दी")),
  at("network", "/app/network", (page) => page.getByRole("treegrid")),
  at("notifications, the newest", "/app/home", text("See all"), press(/^Notifications/)),
  at("notifications", "/app/inbox", notice),
  at("notifications, none of a topic", "/app/inbox?topic=links", text("No notifications match")),
  at("preferences", "/app/preferences", text("Quiet hours")),
  at("preferences, quiet hours", "/app/preferences", text("From"), (page) =>
    page.getByLabel("No e-mails at night").check(),
  ),
  at("friends", "/app/network/friends", text("Qualified")),
];

export const newcomerStates: ScreenState[] = [
  at("home, first steps", "/app/home", text("Share your link")),
  at("earnings, none", "/app/earnings", text("Earnings start with")),
  at("network, nobody", "/app/network", heading("Network")),
  at("friends, none", "/app/network/friends", text("No friends here yet")),
  // Nothing there is theirs: they are brought home.
  at("programs of nobody", "/app/programs", text("Share your link")),
];

export const publicStates = (code: string): ScreenState[] => [
  at("sign-in", "/app/sign-in", heading("Sign in")),
  at("sign-in, wrong", "/app/sign-in", (page) => page.getByRole("alert"), signInWrongly),
  at("expired link", "/portal?token=rh_emb_expired", text("The link you opened has expired")),
  at("nothing there, in the dashboard", "/app/nothing", heading("There is no page here")),
  at("nothing there", "/nothing/there", heading("Not found")),
  at("invitation", `/${code}`, heading("Asha invited you")),
  at("invitation, wrong e-mail", `/${code}`, (page) => page.locator("[aria-invalid=true]"), joinWrongly),
  at("unknown invitation", "/2222222222", heading("We don’t know this invitation")),
  at("joining without an invitation", "/join", (page) => page.locator("main h1")),
  at("joined", `/${code}`, heading("You’re in"), join),
  at("reference", "/docs", heading("API reference")),
  at("problems", "/docs/problems", heading("Problems")),
];

async function chooseOurs(page: Page): Promise<void> {
  await press("New link")(page);
  await page.getByLabel("Address (optional)").fill("admin");
  await page.getByText("Destination and parameters").click();
}

async function showCondition(page: Page): Promise<void> {
  await page.getByLabel("Only when").first().selectOption("nth");
  await press("Add a tier")(page);
  await press("Add a cap")(page);
}

async function mistype(page: Page): Promise<void> {
  await page.getByLabel("Rate of level 1").fill("a lot");
}

const openReplay = (page: Page) => page.getByRole("link", { name: "Replay" }).first().click();

async function replayHistory(page: Page): Promise<void> {
  await openReplay(page);
  await press("Start replay")(page);
  await page.locator("summary").first().click();
}

async function replayAsTables(page: Page): Promise<void> {
  await openReplay(page);
  for (const button of await page.getByRole("button", { name: "As a table" }).all()) await button.click();
}

async function launchNothing(page: Page): Promise<void> {
  await press("New promotion")(page);
  await press("Launch")(page);
}

async function launch(page: Page): Promise<void> {
  await press("New promotion")(page);
  await page.getByLabel("Name", { exact: true }).fill("December doubles");
  await page.getByLabel("A limit").selectOption("budget");
  await press("Launch")(page);
}

/** A draft that is left behind: every look opens the dialog of a fresh one. */
async function publishDraft(page: Page): Promise<void> {
  await page.getByLabel("Rate of level 1").fill("6");
  await press("Publish…")(page);
}

async function addParticipant(page: Page): Promise<void> {
  await press("Add participant")(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Farah");
  await dialog.getByLabel("E-mail").fill("farah@example.com");
  await dialog.getByRole("button", { name: "Add participant" }).click();
  // What answers the form stays when the form is gone.
  await dialog.getByLabel("Link").click();
}

async function recordNothing(page: Page): Promise<void> {
  await press("Record a purchase")(page);
  await press("Record purchase")(page);
}

async function signInWrongly(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill("nobody@example.com");
  await page.getByLabel("Password").fill("nothing like it");
  await press("Sign in")(page);
}

async function joinWrongly(page: Page): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("Somebody");
  await page.getByLabel("E-mail").fill("nobody@nowhere");
  await press(/^Join/)(page);
}

async function join(page: Page): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("Divya");
  await page.getByLabel("E-mail").fill("divya@example.com");
  await press(/^Join/)(page);
}

async function openReferral(page: Page): Promise<void> {
  await page.getByRole("link", { name: "A name as long as names are" }).first().click();
}

async function openReassign(page: Page): Promise<void> {
  await openReferral(page);
  await page.getByRole("button", { name: "Reassign" }).click();
}

/** One who can be invited, and one who cannot. */
async function pasteFriends(page: Page): Promise<void> {
  await page.getByLabel("Friends").fill("Meera <meera@friends.example>, nobody");
  await page.keyboard.press("Enter");
  await page.getByText("This is not an e-mail address.").waitFor();
}

async function pasteList(page: Page): Promise<void> {
  const rows = "Name\tEmail\nMeera\tmeera@friends.example\nRavi\tno address";
  await page.getByLabel("Or paste rows from a spreadsheet").fill(rows);
  await press("Check the list")(page);
}
