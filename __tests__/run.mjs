// `npm test`: types and lint beside the tests, none of which keeps every processor busy by itself. Parameters are Jest's.
import { spawn } from "node:child_process";

const run = (command, options) =>
  new Promise((resolve) => {
    const output = [];
    const child = spawn(command, { shell: true, ...options });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => output.push(data));
    child.on("close", (status) => resolve({ status, output: Buffer.concat(output) }));
  });

/** What a check says is shown in one piece, once it has ended. */
async function check(script) {
  const { status, output } = await run(`npm run --silent ${script}`, { stdio: ["ignore", "pipe", "pipe"] });
  process.stderr.write(output);
  process.stderr.write(`${status === 0 ? "PASS" : "FAIL"} npm run ${script}\n`);
  return status;
}

const parameters = process.argv.slice(2).map((parameter) => `'${parameter.replaceAll("'", "'\\''")}'`);
const statuses = await Promise.all([
  run(["jest --ci", ...parameters].join(" "), { stdio: "inherit" }).then(({ status }) => status),
  check("typecheck"),
  check("lint"),
]);
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;
