import type { ProblemKind } from "./primitives/problem.ts";

type Facts = Record<string, string | number | boolean>;
const kind = (status: number, title: string, detail: string | ((facts: Facts) => string)): ProblemKind => ({
  status,
  title,
  detail: typeof detail === "string" ? () => detail : detail,
});

/** Every code a refusal may carry: its HTTP status and its words. `/docs/problems` is drawn from this list. */
export const PROBLEMS: Record<string, ProblemKind> = {
  // The request itself
  invalid_request: kind(
    400,
    "The request is not valid",
    "Some fields cannot be used as they are; `errors` names each.",
  ),
  invalid_json: kind(400, "The body cannot be read", "Send one JSON document in UTF-8."),
  invalid_cursor: kind(
    400,
    "The cursor is not valid",
    "Pass `next_cursor` or `prev_cursor` of an earlier answer unchanged.",
  ),
  unsupported_media_type: kind(
    415,
    "The body's type is not supported",
    "Send `Content-Type: application/json`.",
  ),
  method_not_allowed: kind(
    405,
    "This address does not take that method",
    (facts) => `It takes ${facts["allow"] ?? "others"}.`,
  ),
  headers_too_large: kind(431, "The headers are too large", "Send at most 16 kB of headers."),
  invalid_http: kind(400, "The request cannot be read", "It is not valid HTTP."),
  body_too_large: kind(
    413,
    "The body is too large",
    "A request may carry at most 256 kB, or what its page in the reference says.",
  ),
  not_found: kind(404, "Not found", "There is nothing here that you may see."),
  internal_error: kind(
    500,
    "Something went wrong on our side",
    "Nothing was stored by this request unless it says so. Send the request id with your report.",
  ),
  database_unavailable: kind(
    503,
    "The database does not answer",
    "Nothing is lost. Try again in a moment with the same idempotency key.",
  ),
  upgrade_failed: kind(
    503,
    "The upgrade stopped",
    "Your data is unchanged. The operator finds the reason in the log, with the way back.",
  ),
  overloaded: kind(
    503,
    "Too many requests are waiting",
    "Try again in a moment with the same idempotency key.",
  ),
  rate_limited: kind(
    429,
    "Too many requests",
    (facts) => `Try again in ${facts["retry_after"] ?? 60} seconds.`,
  ),

  // Who asks
  sign_in_required: kind(401, "Sign in first", "Send an API key as a bearer token, or sign in."),
  invalid_key: kind(401, "The API key is not valid", "It is unknown or was deleted."),
  program_required: kind(400, "Which program?", "Send the `Program-Id` header."),
  not_permitted: kind(403, "Not permitted", "Nobody in your position can do this."),
  role_not_sufficient: kind(403, "Your role does not allow this", "Ask an owner of the program."),
  nothing_to_remind_of: kind(
    409,
    "Nothing is left for this friend to do",
    "Somebody can be reminded while the next step is theirs. See what is missing on the referral.",
  ),
  reminded_already: kind(
    409,
    "This friend was reminded less than a day ago",
    "Once in 24 hours is enough. The list of friends says when the next time is.",
  ),
  public_key_scopes: kind(
    422,
    "A public key may do nothing else",
    "Everybody can read a key with the scope `capture`. Create another key for your servers.",
  ),
  origin_not_allowed: kind(
    403,
    "This page may not record visits",
    "A public key works on pages of the program’s own address and of the domains its links may lead to.",
  ),
  scope_not_sufficient: kind(403, "The key's scope does not allow this", "Use a key that may write."),
  wrong_credentials: kind(401, "The e-mail or the password is wrong", "Check both and try again."),
  wrong_password: kind(403, "The current password is wrong", "Check it and try again."),
  current_password_required: kind(
    422,
    "The current password is missing",
    "Send `current_password` to set a new one.",
  ),
  invalid_setup_token: kind(
    403,
    "The set-up token is not valid",
    "Use the token the server printed when it started last.",
  ),
  setup_complete: kind(409, "The installation is set up", "It has an owner already. Sign in instead."),
  cross_site_request: kind(
    403,
    "The request came from another site",
    "Requests with a session cookie must come from our own pages.",
  ),

  // Idempotency
  invalid_idempotency_key: kind(
    400,
    "The idempotency key is not valid",
    "Use 1 to 200 printable characters.",
  ),
  idempotency_key_reused: kind(
    422,
    "The idempotency key was used for another request",
    "Use a new key for a new request.",
  ),
  idempotency_key_running: kind(
    409,
    "A request with this idempotency key is still running",
    "Wait for its answer, or try again in a moment.",
  ),
  external_id_reused: kind(
    422,
    "This external_id stands for something else",
    "An earlier request with the same external_id had another content.",
  ),

  // Mail
  mail_not_queued: kind(
    409,
    "The mail does not wait any more",
    "Only a mail that is still queued can be taken back.",
  ),

  mail_sent: kind(
    409,
    "The mail has gone out",
    "Only what has not gone out can be sent again: what waits, failed, bounced or was taken back.",
  ),
  mail_forgotten: kind(
    409,
    "The mail is forgotten",
    "Whom it went to and what it said was dropped, thirty days after its end.",
  ),

  // Programs and plans
  invalid_plan: kind(422, "The plan cannot be used", "`errors` says where and why."),
  invalid_promotion: kind(422, "The promotion cannot be used", "`errors` says where and why."),
  promotion_over: kind(409, "The promotion is over", "It ended by itself; there is nothing left to end."),
  too_many_promotions: kind(409, "There are too many promotions", "A program can have 1,000 of them in all."),
  invalid_program: kind(422, "The program cannot be used", "`errors` says where and why."),
  mail_not_configured: kind(
    409,
    "No mails are sent here",
    "Ask whoever runs the program for a link to sign in.",
  ),
  wrong_code: kind(
    401,
    "The code does not fit",
    "It is wrong, was used, or is older than 15 minutes. After five wrong ones ask for a new mail.",
  ),
  invalid_brand: kind(422, "The brand cannot be used", "`errors` says where and why."),
  plan_published: kind(409, "The plan is published", "A published plan never changes. Create a new draft."),
  plan_not_published: kind(
    409,
    "The plan was not published",
    "Only a version that was published can be gone back to.",
  ),
  plan_not_scheduled: kind(
    409,
    "The plan cannot be withdrawn",
    "Only a published plan whose day has not come can be taken back, up to ten minutes before.",
  ),
  plan_changed: kind(
    412,
    "Somebody else has changed the plan",
    "Read it again and decide what is to hold; `If-Match` takes the ETag of what you read.",
  ),
  if_match_required: kind(
    428,
    "Which text do you change?",
    "Send `If-Match` with the ETag of the plan as you read it.",
  ),
  plan_has_findings: kind(
    422,
    "The plan has findings",
    "`errors` names each. Change the plan; an advisory finding may also be acknowledged with a reason.",
  ),
  finding_not_found: kind(422, "The plan has no such finding", "Lint the plan to see what it has."),
  finding_is_blocking: kind(
    409,
    "This finding cannot be acknowledged",
    "A plan with it cannot be published: change the plan.",
  ),
  replay_ended: kind(409, "The replay has ended", "What has come to its end cannot be cancelled."),
  too_many_replays: kind(
    429,
    "Too many replays are waiting",
    "Wait until one has come to its end, or cancel one.",
  ),
  program_not_live: kind(409, "The program is not live", "It takes no new conversions now."),

  // Participants and referrals
  participant_not_found: kind(
    422,
    "The participant is not known",
    (facts) => `There is no participant ${facts["participant"] ?? ""} in this program.`,
  ),
  email_taken: kind(
    409,
    "Somebody with this e-mail has joined already",
    "Sign in instead, or use another address.",
  ),
  unknown_code: kind(422, "The code is not known", "Check the code, or sign up without it."),
  expired_link: kind(
    422,
    "The link is no longer active",
    "Ask your friend for a new one, or sign up without it.",
  ),
  invalid_link: kind(422, "The link cannot be made so", "`errors` says where and why."),
  invalid_qr: kind(422, "The QR code cannot be drawn so", "`errors` says where and why."),
  nothing_to_print: kind(
    404,
    "There is nothing to print",
    "None of these participants has a link that works.",
  ),
  slug_taken: kind(
    409,
    "The address is taken",
    (facts) => `Somebody has "${facts["slug"] ?? "it"}", or one that looks like it.`,
  ),
  too_many_links: kind(
    409,
    "There are too many links",
    (facts) =>
      `Somebody can have ${facts["limit"] ?? "so many"} of them. Switch one off that is not used any more.`,
  ),
  too_many_codes: kind(
    409,
    "The link has had too many addresses",
    (facts) => `A link can have had ${facts["limit"] ?? "so many"}, because each of them goes on working.`,
  ),
  link_disabled: kind(409, "The link is switched off", "That is for good. Create another one."),
  default_link: kind(
    409,
    "The first link cannot be switched off",
    "Everybody keeps the link they were given when they joined. Pause it instead.",
  ),
  link_used_up: kind(
    422,
    "The link was used as often as it may be",
    "Ask your friend for another one, or sign up without it.",
  ),
  own_link: kind(422, "This is the person's own link", "Nobody can refer themselves."),
  same_advocate: kind(409, "Nothing would change", "They stand under this advocate already."),
  below_referee: kind(
    409,
    "That would close a circle",
    "This advocate stands below the person; choose somebody who does not.",
  ),
  network_too_large: kind(
    409,
    "Too many people would move",
    (facts) => `One decision moves at most ${facts["limit"]} people.`,
  ),
  too_many_conversions: kind(
    409,
    "Too many purchases would be settled again",
    (facts) => `One decision settles at most ${facts["limit"]} again.`,
  ),
  already_proposed: kind(
    409,
    "A decision is waiting",
    "Somebody has proposed one for this friend; decide that first.",
  ),
  already_decided: kind(409, "This was decided before", "Nothing has changed."),
  second_person_required: kind(
    403,
    "A second person decides",
    "Whoever proposed this cannot approve it too. Ask somebody else of the team.",
  ),
  claims_off: kind(409, "This program takes no claims", "Who invited somebody is decided when they join."),
  claim_window_over: kind(
    409,
    "It is too late to say who invited you",
    (facts) => `It can be said within ${facts["days"]} days of joining.`,
  ),
  claim_open: kind(
    409,
    "It is being looked at",
    "You have said so before; you will be told what was decided.",
  ),
  already_has_advocate: kind(409, "Somebody counts already", "It is known who invited this person."),
  already_referred: kind(409, "This person was referred before", "A person counts once per program."),
  advocate_not_active: kind(422, "The advocate is not active", "Their links do not count at the moment."),
  direct_limit_reached: kind(
    409,
    "The advocate has no room left",
    (facts) => `They already have ${facts["limit"] ?? "all"} direct referrals, which is the limit.`,
  ),
  program_mismatch: kind(422, "The code belongs to another program", "Use a code of this program."),
  unknown_click: kind(422, "The click is not known", "Send the code, or sign up without it."),
  outside_window: kind(422, "The click is too old", "It lies outside the program's attribution window."),

  // Invitations
  invalid_invitation: kind(422, "The invitation cannot be used", "`errors` says where and why."),
  invitation_state: kind(
    409,
    "This cannot be done with the invitation now",
    (facts) =>
      `${facts["reason"] ?? "It has moved on."}${facts["until"] ? ` Possible from ${facts["until"]}.` : ""}`,
  ),
  invalid_list: kind(422, "The list cannot be read", "`errors` says why."),
  batch_state: kind(
    409,
    "This cannot be done with the list now",
    (facts) => `${facts["reason"] ?? "It has moved on."}`,
  ),
  batch_count_changed: kind(
    409,
    "The number has changed",
    (facts) => `${facts["ready"] ?? 0} are ready now. Look again, and send that many.`,
  ),
  cannot_be_invited: kind(409, "This person can't be invited", "Nothing was sent."),
  daily_limit_reached: kind(
    429,
    "That is enough for today",
    (facts) =>
      `${facts["left"] ?? 0} of ${facts["limit"] ?? "the"} invitations are left today; the next day begins at ${facts["until"] ?? "midnight"}.`,
  ),
  pending_limit_reached: kind(
    429,
    "Many invitations are still open",
    (facts) =>
      `At most ${facts["limit"] ?? 200} can be on their way at a time, ${facts["left"] ?? 0} more now. Wait, or cancel some.`,
  ),
  network_limit_reached: kind(
    429,
    "Too many invitations from this network",
    (facts) => `Try again after ${facts["until"] ?? "midnight"}.`,
  ),
  program_limit_reached: kind(
    429,
    "The program has sent enough for today",
    (facts) =>
      `${facts["left"] ?? 0} of ${facts["limit"] ?? "its"} invitations are left; the next day begins at ${facts["until"] ?? "midnight"}.`,
  ),

  // Conversions and refunds
  wrong_currency: kind(
    422,
    "The currency does not fit",
    (facts) => `It must be ${facts["currency"] ?? "another currency"} here.`,
  ),
  profit_exceeds_amount: kind(
    422,
    "The profit is higher than the amount",
    "A purchase cannot earn more than its price.",
  ),
  occurred_in_future: kind(
    422,
    "The time lies in the future",
    "A conversion can be at most 5 minutes ahead of our clock.",
  ),
  unknown_coupon: kind(404, "The coupon is not known", "Check the code; there is no coupon with it."),
  coupon_not_available: kind(
    409,
    "The coupon cannot be used yet",
    "Its reward is still pending; try again when it is available.",
  ),
  coupon_used: kind(409, "The coupon was used", "It works once, and another order has used it."),
  coupon_expired: kind(409, "The coupon has expired", "It was not used in time."),
  coupon_withdrawn: kind(409, "The coupon was withdrawn", "The purchase it was given for was refunded."),
  insufficient_balance: kind(
    409,
    "There is not enough",
    (facts) => `${facts["left"] ?? 0} minor units of ${facts["currency"] ?? "it"} are available.`,
  ),
  no_exchange_rate: kind(
    422,
    "There is no exchange rate",
    (facts) =>
      `Enter a rate for ${facts["currency"] ?? "this currency"} first, valid from that day or before.`,
  ),
  invalid_exchange_rate: kind(422, "The exchange rate cannot be used", "`errors` says where and why."),
  amount_too_large: kind(422, "The amount is too large", "Exchanged, it is more than 10^15 minor units."),
  refund_exceeds_purchase: kind(
    422,
    "The refund is higher than what is left",
    (facts) => `${facts["left"] ?? 0} minor units are left to refund.`,
  ),
  chargeback_refused: kind(
    409,
    "The chargeback never counted",
    "It did not fit the purchase when that came, so there is nothing to give back.",
  ),
  no_plan_in_force: kind(409, "No plan is in force", "Publish a plan first."),
};
