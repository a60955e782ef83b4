// `npm test`: types and lint beside the tests, none of which keeps every processor busy by itself. Parameters are Jest's.
import { spawn } from "node:child_process";

const run = (command, options) =>
  new Promise((resolve) => {
    const output = [];
    const child = spawn(command, { shell: true, ...options });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => output.push(data));
    child.on("close", (status) => resolve({ status, output: Buffer.concat(output) }));
  });

/** The linter's compiler, which is written in Go, takes a third longer with a garbage collector, for a tenth of the memory. */
const env = { ...process.env, GOGC: "off" };

/** What a check says is shown in one piece, once it has ended. */
async function check(command) {
  const { status, output } = await run(command, { env, stdio: ["ignore", "pipe", "pipe"] });
  process.stderr.write(output);
  process.stderr.write(`${status === 0 ? "PASS" : "FAIL"} ${command}\n`);
  return status;
}

async function checks(...commands) {
  const statuses = [];
  for (const command of commands) statuses.push(await check(command));
  return statuses;
}

/**
 * With a large young generation, which is collected less often, and an old one that stays small: the more memory a process
 * has, the longer it takes to start another. Jest hands the options on to its workers.
 */
const JEST = "node --max-semi-space-size=32 --heap-growing-percent=50 node_modules/jest/bin/jest.js";

const parameters = process.argv.slice(2).map((parameter) => `'${parameter.replaceAll("'", "'\\''")}'`);
const statuses = await Promise.all([
  run([JEST, "--ci", ...parameters].join(" "), { stdio: "inherit" }).then(({ status }) => status),
  checks("oxlint -c oxlint.config.mjs", "npm run --silent format"),
]);
process.exitCode = statuses.flat().every((status) => status === 0) ? 0 : 1;
