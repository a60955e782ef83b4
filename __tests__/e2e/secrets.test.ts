import { readFileSync } from "node:fs";
import { join } from "node:path";

import { articleStack } from "../support/article-stack";
import { startUpApart } from "../support/command";
import { SecretsSession } from "../support/secrets-session";
import { temporaryFolder } from "../support/temporary-folder";

/** What a reader of the page's event stream is told until it is ended. */
function readEvents(url: string): { end(): Promise<string> } {
  const controller = new AbortController();
  const text = fetch(`${url}/_emulator/events`, { signal: controller.signal }).then(async ({ body }) => {
    let all = "";
    try {
      for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) all += Buffer.from(chunk).toString();
    } catch {
      // The end of it.
    }
    return all;
  });
  return {
    end() {
      controller.abort();
      return text;
    },
  };
}

/** The last part of a token is what makes it one. */
function holds(text: string, secret: string): boolean {
  const [signature = ""] = secret.split(".").slice(-1);
  return text.includes(secret) || text.includes(signature.slice(0, 40));
}

let seen: Record<string, string>;
let session: SecretsSession;

beforeAll(async () => {
  const stateFile = join(temporaryFolder(), "state.json");
  const { command, url } = await startUpApart(await articleStack(), "--state", stateFile, "--walk");
  const events = readEvents(url);
  session = new SecretsSession(url);
  await session.run();
  await session.signUp(async (username) => {
    const { stderr } = command;
    return new RegExp(`confirmation code of ${username} in \\S+ is (\\d+)`).exec(stderr)?.[1] ?? "";
  });
  const calls = await (await fetch(`${url}/_emulator/calls`)).text();
  const system = await (await fetch(`${url}/_emulator/system`)).text();
  const stream = await events.end();
  await command.kill();
  seen = {
    calls,
    system,
    stream,
    stdout: command.stdout,
    stderr: command.stderr,
    state: readFileSync(stateFile, "utf8"),
  };
});

/** Who signs up gets the code from the emulator's log, and the state gives users their passwords back. */
const AT_HOME: Readonly<Record<string, readonly string[]>> = {
  stderr: ["confirmation code"],
  state: ["changed", "permanent", "signUp"],
};

test.each(["calls", "system", "stream", "stdout", "stderr", "state"])(
  "no secret and no token is in the emulator's %s",
  (place) => {
    const text = seen[place] ?? "";
    const found = [...session.secrets].filter(
      ([what, secret]) => holds(text, secret) && !AT_HOME[place]?.includes(what),
    );
    expect(found.map(([what]) => what)).toEqual([]);
  },
);

test("the session was traced at all", () => {
  for (const place of ["calls", "stream"]) {
    expect(seen[place]).toContain("ConfirmSignUp");
    expect(seen[place]).toContain("GetResourceOauth2Token");
    expect(seen[place]).toContain("[masked]");
  }
  expect(seen["state"]).toContain('"ann"');
});
