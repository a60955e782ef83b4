import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { temporaryFolder } from "../support/temporary-folder";
import { repository } from "./packed";

interface Step {
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly args: readonly string[];
  readonly files: string;
}

const readYaml = <T>(name: string): T => parse(readFileSync(join(repository, name), "utf8")) as T;

/** What a job of GitHub Actions has after its step. */
export interface Job {
  readonly status: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: string;
}

/** Runs the steps of action.yml as they stand, in the workspace of a job, until one fails. */
export function runAction(workspace: string, inputs: Readonly<Record<string, string>>): Job {
  const action = readYaml<Action>("action.yml");
  const runner = mkdtempSync(join(workspace, "..", "runner-"));
  const [summary, output] = [join(runner, "summary.md"), join(runner, "output")];
  [summary, output].forEach((path) => writeFileSync(path, ""));
  const value = (expression: string): string =>
    expression.replace(/\$\{\{ (inputs|github)\.([\w-]+) \}\}/g, (_, context: string, name: string) =>
      context === "github" ? repository : (inputs[name] ?? action.inputs[name]?.default ?? ""),
    );
  const logs: string[] = [];
  let status: number | null = 0;
  for (const step of action.runs.steps) {
    const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, value(text)]));
    const ended = bash(step.run, workspace, {
      ...env,
      // Otherwise npm asks the registry of each package whether what the cache holds is current.
      npm_config_prefer_offline: "true",
      RUNNER_TEMP: runner,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
    });
    logs.push(ended.stdout + ended.stderr);
    status = ended.status;
    if (status !== 0) break;
  }
  return { status, log: logs.join(""), summary: readFileSync(summary, "utf8"), outputs: readFileSync(output, "utf8") };
}

/** As GitHub's runner starts a step whose shell is bash. */
function bash(script: string, cwd: string, environment: NodeJS.ProcessEnv): SpawnSyncReturns<string> {
  const env = { ...process.env, ...environment };
  return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], { cwd, env, encoding: "utf8" });
}

/** Commits in a repository that has the hook of .pre-commit-hooks.yaml, with the command on the PATH. */
export function commitWithHook(folder: string, bin: string): SpawnSyncReturns<string> {
  const [hook] = readYaml<Hook[]>(".pre-commit-hooks.yaml");
  if (hook === undefined) throw new Error("There is no hook.");
  const script = `#!/bin/sh\nPATH="${bin}:$PATH" exec ${hook.entry} ${hook.args.join(" ")}\n`;
  const git = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  git("init", "-q");
  mkdirSync(join(folder, ".git/hooks"), { recursive: true });
  writeFileSync(join(folder, ".git/hooks/pre-commit"), script, { mode: 0o755 });
  git("add", "-A");
  return git("commit", "-qm", "Change");
}

/** A cache of npm's for npx to install into, in memory where there is room, with what the user's holds of the registry. */
export function npmCache(): string {
  const cache = temporaryFolder();
  const downloads = join(process.env.npm_config_cache ?? join(homedir(), ".npm"), "_cacache");
  mkdirSync(downloads, { recursive: true });
  symlinkSync(downloads, join(cache, "_cacache"));
  return cache;
}

/** What npx has installed into a cache that was empty. */
export function npxFolder(cache: string): string {
  const [name = ""] = readdirSync(join(cache, "_npx"));
  return join(cache, "_npx", name);
}
