// cli/: the command cdktf-agentcore: finds the one of commands/ that is named, and tells what went wrong.
import { version } from "../package.json";
import { UsageError } from "./errors";
import { judge } from "./judge";
import { describeUsage } from "./usage";

type Command = (parameters: string[]) => Promise<void>;

/** Loaded when asked for: `output` need not wait for the emulator's packages. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import("./commands/up/index.js")).up,
  serve: async () => (await import("./commands/serve/index.js")).serve,
  terraform: async () => (await import("./commands/terraform/index.js")).terraform,
  output: async () => (await import("./commands/output/index.js")).output,
  tools: async () => (await import("./commands/tools.js")).tools,
  call: async () => (await import("./commands/call.js")).call,
  token: async () => (await import("./commands/token.js")).token,
  review: async () => (await import("./commands/review/index.js")).review,
};

/** What the command `terraform` puts on the PATH in the place of docker. */
const STAND_IN = "docker-stand-in";

/** Runs the command that the parameters name, and ends with `process.exitCode` as it says, whatever goes wrong. */
export async function run(parameters: readonly string[]): Promise<void> {
  await runCommand(parameters).catch(complain);
}

async function runCommand([name, ...parameters]: readonly string[]): Promise<void> {
  if (name === "--version") return void process.stdout.write(`${version}\n`);
  if (name === undefined || name === "help" || name === "--help") {
    const asked = parameters.find((parameter) => Object.hasOwn(COMMANDS, parameter));
    return void process.stdout.write(describeUsage(asked));
  }
  if (name === STAND_IN) return (await import("./commands/terraform/docker-stand-in.js")).dockerStandIn(parameters);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`There is no command '${name}': use one of ${Object.keys(COMMANDS).join(", ")}.`);
  if (name !== "terraform" && parameters.includes("--help")) return void process.stdout.write(describeUsage(name));
  const command = await load();
  await command(parameters);
}

/** Says what went wrong in one line, whatever names and values are in it. */
export async function complain(error: unknown): Promise<void> {
  const [status, message] = judge(error);
  process.exitCode = status;
  const visible = await import("../review/index.js").then(
    ({ visibleText }) => visibleText,
    // As where no more files may be open.
    () => (text: string) => text.replace(/[^ -~]/g, "?"),
  );
  process.stderr.write(`cdktf-agentcore: ${visible(message)}\n`);
}
