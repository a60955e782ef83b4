// One walk of the official SDK's client pinned to 2026-07-28: what it says and hears, as JSON. Arguments: its module, a URL, headers, and what stands before names.
const [module, url, headers, prefix = ""] = process.argv.slice(2);
const { Client, StreamableHTTPClientTransport } = await import(module);

const PREFIX = "io.modelcontextprotocol/";
const capabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
const client = new Client(
  { name: "walker", version: "1.0.0" },
  { capabilities, versionNegotiation: { mode: { pin: "2026-07-28" } } },
);
client.setRequestHandler("elicitation/create", ({ params }) =>
  params.mode === "url"
    ? { action: "accept" }
    : { action: "accept", content: { [Object.keys(params.requestedSchema.properties)[0]]: true } },
);
client.setRequestHandler("sampling/createMessage", () => ({
  model: "m1",
  role: "assistant",
  content: { type: "text", text: "x" },
}));
client.setRequestHandler("roots/list", () => ({ roots: [] }));
client.setNotificationHandler("notifications/message", () => undefined);

const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: JSON.parse(headers) } });
const log = [];
const send = transport.send.bind(transport);
transport.send = (message, options) => {
  log.push(structuredClone(message));
  return send(message, options);
};
const known = new WeakSet();
let hear;
/** The client sets it twice, and calls what stood there before. */
Object.defineProperty(transport, "onmessage", {
  get: () => hear,
  set(handler) {
    hear = (message, extra) => {
      if (!known.has(message)) log.push(structuredClone(message));
      known.add(message);
      handler?.(message, extra);
    };
  },
});
await client.connect(transport);

/** Refusals are heard as messages. */
const tried = (promise) => promise.catch(() => undefined);
const call = (name, args = {}, _meta = {}, options = {}) =>
  tried(client.callTool({ name: `${prefix}${name}`, arguments: args, _meta }, options));

await client.listTools();
await call("add", { a: 5, b: 3 }, { trace: "t1" });
await call("work", {}, {}, { onprogress: () => undefined });
await call("work", {}, { [`${PREFIX}logLevel`]: "info" });
for (const name of ["decide", "visit", "think"]) await call(name);
const gone = new AbortController();
const stop = new Promise((resolve) => client.setNotificationHandler("notifications/message", resolve));
const waiting = call("wait", {}, { [`${PREFIX}logLevel`]: "info" }, { signal: gone.signal });
await stop;
gone.abort();
await waiting;
await call("cancelled");
await client.listPrompts();
await tried(client.getPrompt({ name: `${prefix}greet`, arguments: { name: "Ann" } }));
await client.listResources();
await client.listResourceTemplates();
for (const uri of ["note://one", "note://two/text"]) await client.readResource({ uri });
await call("look");
// A refusal by HTTP is heard as no message.
await client.listen({ toolsListChanged: true }).then(
  (subscription) => subscription.close(),
  ({ code, message }) => log.push({ refused: { code, message } }),
);
await client.close();
console.log(JSON.stringify(log));
