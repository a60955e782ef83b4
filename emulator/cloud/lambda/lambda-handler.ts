import { accessSync, constants, statSync } from "node:fs";
import { delimiter, extname, join } from "node:path";

import type { Command } from "../processes/process-group";
import { bootstrap } from "./own-bootstrap";

/** A file that cannot stand for a function. */
export class HandlerError extends Error {
  /** Stable, for programs. */
  readonly code = "HANDLER_INVALID";
  override readonly name = "HandlerError";
}

const OF_NODE = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];
const OF_PYTHON = ".py";

/**
 * The command that runs a function of a module of Node.js or Python as a Lambda handler: `FILE#NAME`. Without a name it is
 * the one that Lambda's documentation uses, `handler` or, in Python, `lambda_handler`.
 *
 * @throws HandlerError for a file that is not there or of another language, and where there is no Python
 */
export function lambdaHandler(reference: string): Command {
  const [file = "", name] = String(reference).split("#");
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new HandlerError(
      `${file || "An empty name"} is no file: name the module and its handler, as tools.js#handler.`,
    );
  }
  const extension = extname(file);
  if (extension === OF_PYTHON) return pythonHandler(file, name ?? "lambda_handler");
  if (OF_NODE.includes(extension)) return nodeHandler(file, name ?? "handler");
  throw new HandlerError(`${file} is neither JavaScript (${OF_NODE.join(", ")}) nor Python (${OF_PYTHON}).`);
}

/**
 * The command that runs a handler out of an unpacked deployment package, as the runtime's own bootstrap finds it.
 *
 * @param handler for example `src/index.handler`
 * @returns undefined where there is no such module
 * @throws HandlerError where there is no Python
 */
export function packagedHandler(folder: string, runtime: string, handler: string): Command | undefined {
  const isPython = runtime.startsWith("python");
  // Lambda developer guide: what comes after the last dot of Python's, and after the first of a file's name in Node.js.
  const [, module = "", name = ""] = (isPython ? /^(.+)\.([^.]+)$/ : /^((?:.*\/)?[^/.]+)\.(.+)$/).exec(handler) ?? [];
  const extensions = isPython ? [OF_PYTHON] : [".js", ".mjs", ".cjs"];
  const paths = extensions.map((extension) =>
    join(folder, `${isPython ? module.replaceAll(".", "/") : module}${extension}`),
  );
  const file = paths.find(
    (path) => path.startsWith(join(folder, "/")) && statSync(path, { throwIfNoEntry: false })?.isFile(),
  );
  if (file === undefined) return undefined;
  return { ...(isPython ? pythonHandler(file, name) : nodeHandler(file, name)), folder };
}

function nodeHandler(file: string, name: string): Command {
  return { program: process.execPath, arguments: [...bootstrap(), file, name] };
}

/** What it prints is shown line by line. */
function pythonHandler(file: string, name: string): Command {
  const program = ["python3", "python"].find(isOnPath);
  if (program === undefined) throw new HandlerError(`${file} needs Python 3, and the PATH has no python3.`);
  return { program, arguments: ["-u", join(__dirname, "bootstrap.py"), file, name] };
}

function isOnPath(program: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
