import { createHash } from "node:crypto";

import { html, raw } from "hono/html";

import { HttpResponse } from "../cloud/network/http-message";

/** One thing that the page asks for. */
export interface PageField {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "password" | "textarea";
  /** What browsers and password managers may fill in. */
  readonly autocomplete: "username" | "current-password" | "new-password" | "one-time-code" | "off";
  readonly value?: string;
  /** To be read and copied, not changed. */
  readonly isShown?: boolean;
}

/** One of several ways to go on; it is sent as `answer`. */
export interface PageChoice {
  readonly value: string;
  readonly label: string;
}

export interface PageForm {
  readonly fields: readonly PageField[];
  readonly hidden: Readonly<Record<string, string>>;
  readonly submit: string | readonly PageChoice[];
  /** Where the form leads in the end: browsers ask for leave for that too. */
  readonly leadsTo: string;
}

export interface SignInPage {
  readonly title: string;
  /** What the user is to know, in sentences. */
  readonly texts: readonly string[];
  /** What went wrong with what he sent before. */
  readonly error?: string | undefined;
  /** @default - the page only says something */
  readonly form?: PageForm;
}

const STYLE = `
:root{color-scheme:light dark;--ground:#f4f5f8;--panel:#fff;--line:#7d8796;--text:#1a1f29;--muted:#5a6474;--accent:#2d54d3;--on-accent:#fff;--refused:#b6232c}
@media (prefers-color-scheme:dark){:root{--ground:#0d1015;--panel:#151920;--line:#717d90;--text:#e5e9f0;--muted:#9aa5b5;--accent:#86a6ff;--on-accent:#0b1020;--refused:#ff8a86}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
main{width:100%;max-width:25rem;padding:2rem;background:var(--panel);border-radius:.75rem;box-shadow:0 1px 3px rgb(0 0 0/.2);overflow-wrap:anywhere}
h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25}
p{margin:0 0 1rem;color:var(--muted)}
.error{color:var(--refused);font-weight:600}
label{display:block;margin:0 0 .25rem;font-weight:600}
input,textarea{width:100%;margin:0 0 1rem;padding:.625rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.375rem}
textarea{min-height:10rem;font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875rem}
button{width:100%;padding:.75rem;font:inherit;font-weight:600;color:var(--on-accent);background:var(--accent);border:0;border-radius:.375rem;cursor:pointer}
button+button{margin-top:.75rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

/** In one piece: between the tags there may be nothing that the policy's hash does not know. */
const STYLE_ELEMENT = raw(`<style>${STYLE}</style>`);
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** A page that signs a user in: it runs no script, and loads nothing. */
export async function signInPage(page: SignInPage, status = 200, cookie?: string): Promise<HttpResponse> {
  return new HttpResponse(String(await render(page)), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; base-uri 'none'; frame-ancestors 'none'; ` +
        `form-action 'self'${page.form ? ` ${sourceOf(page.form.leadsTo)}` : ""}`,
      "x-content-type-options": "nosniff",
      // Without a referrer browsers name no origin either when they send the form.
      "referrer-policy": "same-origin",
      "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
      ...(cookie !== undefined && { "set-cookie": cookie }),
    },
  });
}

/**
 * What a content security policy calls a place: an origin, or a scheme of an app's own. A server of this machine may lead
 * on to another: from the authorization server to the vault, and from there to the application.
 */
function sourceOf(url: string): string {
  const { protocol, origin } = new URL(url);
  if (protocol === "http:") return `${origin} http://127.0.0.1:* http://localhost:*`;
  return protocol === "https:" ? origin : protocol;
}

function render({ title, texts, error, form }: SignInPage) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${error === undefined ? "" : html`<p class="error" role="alert" id="error">${error}</p>`}
          ${texts.map((text) => html`<p>${text}</p>`)} ${form ? renderForm(form, error !== undefined) : ""}
        </main>
      </body>
    </html>`;
}

/** It is sent to the page's own URL, with all that is in it. */
function renderForm({ fields, hidden, submit }: PageForm, isRefused: boolean) {
  const typed = fields.filter(({ isShown = false }) => !isShown);
  const first = typed.find(({ value = "" }) => value === "") ?? typed[0];
  return html`<form method="post">
    ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    ${fields.map((field) => renderField(field, field === first, isRefused))}
    ${typeof submit === "string" ? html`<button type="submit">${submit}</button>` : submit.map((choice, index) => renderChoice(choice, index === 0 && !first))}
  </form>`;
}

function renderChoice({ value, label }: PageChoice, isFirst: boolean) {
  return html`<button type="submit" name="answer" value="${value}" ${isFirst ? "autofocus" : ""}>${label}</button>`;
}

function renderField(field: PageField, isFirst: boolean, isRefused: boolean) {
  const { name, label, type, autocomplete, value = "", isShown = false } = field;
  const attributes = html`id="${name}" name="${name}" autocomplete="${autocomplete}" autocapitalize="none"
  spellcheck="false" ${isShown ? "readonly" : "required"} ${isFirst ? "autofocus" : ""}
  ${autocomplete === "one-time-code" ? raw('inputmode="numeric"') : ""}
  ${isRefused ? raw('aria-describedby="error"') : ""}`;
  const control =
    type === "textarea"
      ? html`<textarea ${attributes}>${value}</textarea>`
      : html`<input type="${type}" ${attributes} value="${value}" />`;
  return html`<label for="${name}">${label}</label>${control}`;
}
