// What a session with the AWS SDK for JavaScript begins with. The environment names the emulator and the SDK's folder.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

const require = createRequire(`${process.env.AWS_SDK_FOLDER}/`);
const shown = {};
process.on("exit", (code) => code === 0 && console.log(JSON.stringify(shown)));

/** A service's package by the end of its name, for example `bedrock-agentcore`. */
export const sdk = (service) => require(`@aws-sdk/client-${service}`);

/** Hands results to the test. */
export const show = (results) => Object.assign(shown, results);

/** Sees every refusal at once. */
export const ONCE = { maxAttempts: 1 };

/** How an operation is refused: as an instance of the class that the service's model has for it, or as the plain one. */
export async function refusal(service, call) {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata, $fault, reason, fieldList } = error;
    const Modeled = sdk(service)[name];
    const isTyped = typeof Modeled === "function" && error instanceof Modeled;
    return { status: $metadata?.httpStatusCode, name, message, isTyped, fault: $fault, reason, fieldList };
  }
  assert.fail("It was not refused");
}

/** The same of several, by name. */
export async function refusals(service, calls) {
  const each = Object.entries(calls).map(async ([name, call]) => [name, await refusal(service, call)]);
  return Object.fromEntries(await Promise.all(each));
}

/** Polls at most ten seconds. @returns the answer that has the status */
export async function waitUntil(status, get) {
  let answer;
  for (let attempt = 0; attempt < 500; attempt += 1) {
    answer = await get();
    if (answer.status === status) return answer;
    await sleep(20);
  }
  assert.fail(`It stayed ${answer.status}: ${answer.statusReasons}`);
}

/** Polls at most ten seconds, until the operation is refused with the class of the service's model. */
export async function waitUntilGone({ ResourceNotFoundException }, get) {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    try {
      await get();
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return;
      throw error;
    }
    await sleep(20);
  }
  assert.fail("It is still found");
}

/** Every page of a paginator, as what `select` takes of it. Paginators write into the input that they are given. */
export async function pagesOf(paginator, select) {
  const pages = [];
  for await (const page of paginator) pages.push(select(page));
  return pages;
}
