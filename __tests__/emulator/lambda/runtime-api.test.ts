import { request } from "node:http";

import { RuntimeApi } from "../../../emulator/cloud/lambda/runtime-api";

let api: RuntimeApi;
let address: string;
beforeEach(async () => {
  api = new RuntimeApi(() => undefined);
  address = await api.listen();
});
afterEach(() => api.close("Ended", "The test is over"));

const INVOCATION = {
  requestId: "1",
  event: '{"order":7}',
  clientContext: "{}",
  functionArn: "arn",
  begin: () => 0,
  succeed: () => undefined,
  fail: () => undefined,
};

/** As sent: `fetch` lets nobody choose the host. */
function next(headers: Record<string, string> = {}): Promise<{ status?: number; body: string }> {
  const [host, port] = address.split(":");
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host, port, path: "/2018-06-01/runtime/invocation/next", headers: { host: address, ...headers } },
      (answer) => {
        let body = "";
        answer
          .setEncoding("utf8")
          .on("data", (text: string) => (body += text))
          .once("end", () => resolve({ status: answer.statusCode, body }));
      },
    );
    outgoing.on("error", reject).end();
  });
}

test("gives the function's process its next invocation", async () => {
  api.invoke(INVOCATION);
  expect(await next()).toEqual({ status: 200, body: '{"order":7}' });
});

test.each([
  ["under another host name", { host: "evil.example" }],
  ["to a page of another origin", { origin: "https://evil.example" }],
  ["to an image or a script that a page asks for", { "sec-fetch-site": "cross-site" }],
])("fails to give it %s", async (_, headers) => {
  api.invoke(INVOCATION);
  expect(await next(headers)).toEqual({ status: 403, body: "" });
  expect(await next()).toMatchObject({ status: 200 });
});

test("fails an invocation that waits while the process ends, which had answered the one before", async () => {
  api.invoke(INVOCATION);
  await next();
  await fetch(`http://${address}/2018-06-01/runtime/invocation/1/response`, { method: "POST", body: "7" });
  const fail = jest.fn();
  api.invoke({ ...INVOCATION, requestId: "2", fail });
  api.close("Runtime.ExitError", "Runtime exited");
  expect(fail).toHaveBeenCalledWith("Runtime.ExitError", "Runtime exited");
});
