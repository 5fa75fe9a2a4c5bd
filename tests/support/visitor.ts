import type { BrowserContext, ConsoleMessage, Page, Request } from "playwright-core";

/** What a page may say in its console: that somebody who asks for their session has none. */
const SIGNED_OUT = /\/v1\/session$/;

/** Somebody in front of a browser: what their page asks for, complains about and costs them in actions. */
export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors in the console, uncaught ones, and what the content security policy stopped. */
  readonly complaints: string[] = [];
  #requests: string[] = [];
  #actions: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async open(context: BrowserContext): Promise<Visitor> {
    const visitor = new Visitor(context, context.pages()[0] ?? (await context.newPage()));
    const { page } = visitor;
    page.on("console", (message) => visitor.#hear(message));
    page.on("pageerror", (error) => visitor.complaints.push(`${page.url()} ${error.message}`));
    page.on("request", (request) => visitor.#requests.push(lineOf(request)));
    await page.exposeBinding("countAction", (_source, what: string) => visitor.#actions.push(what));
    await page.addInitScript(watchPage);
    return visitor;
  }

  /** Requests since the last call, oldest first: `GET /v1/…`. */
  takeRequests(): string[] {
    const taken = this.#requests;
    this.#requests = [];
    return taken;
  }

  /** Pointer actions and visits of fields since the last call, as the page itself saw them. */
  takeActions(): string[] {
    const taken = this.#actions;
    this.#actions = [];
    return taken;
  }

  #hear(message: ConsoleMessage): void {
    if (message.type() !== "error") return;
    const { url } = message.location();
    if (SIGNED_OUT.test(url) && message.text().includes("401")) return;
    this.complaints.push(`${this.page.url()} ${message.text()} ${url}`);
  }
}

function lineOf(request: Request): string {
  const { pathname, search } = new URL(request.url());
  return `${request.method()} ${pathname}${search}`;
}

/** Runs in the page before its own scripts. */
function watchPage(): void {
  const count = (what: string): void =>
    void (window as unknown as { countAction(what: string): void }).countAction(what);
  const fieldOf = (event: Event): string | null => {
    const element = event.target instanceof Element ? event.target : null;
    const field = element?.matches("select, textarea, input:not([type=radio], [type=checkbox])")
      ? element
      : null;
    return field ? `field ${field.getAttribute("name") ?? field.id}` : null;
  };
  addEventListener(
    "pointerdown",
    (event) => {
      if (event.isTrusted && fieldOf(event) === null)
        count(`press ${(event.target as Element).textContent?.slice(0, 30)}`);
    },
    true,
  );
  // A field counts once per visit, whether a finger or the Tab key led to it.
  addEventListener(
    "focusin",
    (event) => {
      const field = fieldOf(event);
      if (field !== null) count(field);
    },
    true,
  );
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`stopped by the policy: ${event.violatedDirective} ${event.blockedURI}`),
  );
}
