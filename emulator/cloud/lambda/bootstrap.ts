// emulator/cloud/lambda/: functions, as commands or modules of this machine.

/**
 * Runs a handler of a Node.js module as Lambda's managed runtime does: `node bootstrap.js MODULE HANDLER`. It asks the
 * runtime API for one event after the other and ends when that is gone.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

type Handler = (event: unknown, context: object, callback: (error: unknown, result?: unknown) => void) => unknown;

const api = `http://${process.env["AWS_LAMBDA_RUNTIME_API"]}/2018-06-01/runtime`;

async function main([file = "", name = ""]: string[]): Promise<void> {
  let handler: Handler;
  try {
    handler = await load(file, name);
  } catch (error) {
    await post("/init/error", describe(error));
    process.exitCode = 1;
    return;
  }
  for (;;) {
    const next = await fetch(`${api}/invocation/next`);
    const requestId = next.headers.get("lambda-runtime-aws-request-id") ?? "";
    try {
      const result = await invoke(handler, await next.json(), contextOf(next.headers, requestId));
      await post(`/invocation/${requestId}/response`, result ?? null);
    } catch (error) {
      await post(`/invocation/${requestId}/error`, describe(error));
    }
  }
}

async function load(file: string, name: string): Promise<Handler> {
  const module = (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown> & {
    default?: Record<string, unknown>;
  };
  const handler = module[name] ?? module.default?.[name];
  if (typeof handler !== "function") throw new Error(`${file} exports no function '${name}'`);
  return handler as Handler;
}

/** A handler answers through its promise or, in older code, through a callback. */
function invoke(handler: Handler, event: unknown, context: object): Promise<unknown> {
  return new Promise((succeed, fail) => {
    const returned = handler(event, context, (error, result) => (error ? fail(asError(error)) : succeed(result)));
    if (returned instanceof Promise) returned.then(succeed, fail);
    else if (handler.length < 3) succeed(returned);
  });
}

function contextOf(headers: Headers, awsRequestId: string): object {
  const deadline = Number(headers.get("lambda-runtime-deadline-ms"));
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: false,
    clientContext: JSON.parse(headers.get("lambda-runtime-client-context") ?? "null") as unknown,
    functionName: process.env["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: process.env["AWS_LAMBDA_FUNCTION_VERSION"],
    memoryLimitInMB: process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    invokedFunctionArn: headers.get("lambda-runtime-invoked-function-arn"),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function post(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${api}${path}`, { method: "POST", body: JSON.stringify(body) });
  await response.arrayBuffer();
}

function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  const { name, message, stack = "" } = asError(error);
  return { errorType: name, errorMessage: message, trace: stack.split("\n").slice(1) };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

main(process.argv.slice(2)).catch(() => process.exit(1));
