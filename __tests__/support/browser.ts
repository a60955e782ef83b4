import { existsSync } from "node:fs";
import { join } from "node:path";

import { chromium, type Browser, type BrowserContext, type Page, type PageScreenshotOptions } from "playwright-core";

import { endAfterTests } from "./end-after-tests";
import { describeWhen } from "./skip";

/** Chromium without the windows of a desktop, which takes a fifth less time, or what else there is. */
const CHROMIUM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
  .map((name) => join("/usr/bin", name))
  .find((path) => existsSync(path));

/** Without these a browser without a network goes on looking for its maker's hosts. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A process for each page, and optimizing what pages run for a moment, take time. `--single-process` saves no more, and
 * there a second window ends the browser, and a page whose script does not end keeps the tests from ending.
 */
const THRIFTY = [
  "--renderer-process-limit=1",
  "--disable-site-isolation-trials",
  "--in-process-gpu",
  "--js-flags=--no-opt --no-maglev",
];

/** Where tests leave what is to be looked at; git ignores it. */
const OUTPUT = join(__dirname, "..", ".output");

/** `describe` for tests that need a browser. */
export function describeInBrowser(name: string, tests: () => void): void {
  describeWhen(CHROMIUM !== undefined, "Debian's package chromium-headless-shell or chromium", name, tests);
}

/** One for the windows of a test file, which ends after all of them. */
let launched: Promise<Browser> | undefined;
endAfterTests(async () => (await launched)?.close());

/** A window with nothing kept, for as long as the test or the file runs. */
export async function openBrowser(viewport: { width: number; height: number }): Promise<BrowserContext> {
  launched ??= chromium.launch({ executablePath: CHROMIUM, headless: true, args: [...QUIET, ...THRIFTY] });
  const context = await (await launched).newContext({ viewport });
  endAfterTests(() => context.close());
  // Its window stays open, so that pages are tabs of it: a Chromium with windows starts three processes for one.
  await context.newPage();
  return context;
}

/** Draws the page to be looked at, where the variable SCREENSHOTS is set: no test judges by it. */
export async function screenshot(page: Page, name: string, options?: PageScreenshotOptions): Promise<void> {
  if (process.env["SCREENSHOTS"] === undefined) return;
  await page.screenshot({ ...options, path: join(OUTPUT, `${name}.png`) });
}
