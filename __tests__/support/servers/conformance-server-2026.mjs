// What the MCP conformance suite asks for on the official SDK of 2026-07-28, whose module is the argument: an MCP server of
// that version and, with sessions, of those before.
import { randomUUID } from "node:crypto";

import * as offerings from "./conformance-offerings.mjs";
import { listen } from "./fetch-server.mjs";

const sdk = await import(process.argv[2]);
const { acceptedContent, createMcpHandler, createRequestStateCodec, inputRequired, isLegacyRequest, Server } = sdk;

const { answer, says, text } = offerings;

/** What was asked before is told from what a client made up. */
const state = createRequestStateCodec({ key: randomUUID() });

const object = (properties) => ({ type: "object", properties, required: Object.keys(properties) });
const elicit = (message, properties) => inputRequired.elicit({ message, requestedSchema: object(properties) });
const sample = (words) =>
  inputRequired.createMessage({ messages: [{ role: "user", content: text(words) }], maxTokens: 100 });

const NAME = elicit("What is your name?", { name: { type: "string" } });
const CAPITAL = sample("What is the capital of France?");
const CONFIRM = elicit("Please confirm", { ok: { type: "boolean" } });
const OPTIONS = ["option1", "option2", "option3"];
const TITLED = ["First", "Second", "Third"].map((title, index) => ({ const: `value${index + 1}`, title }));

/** What a tool asks first, by its name: the scenarios say it so. */
const QUESTIONS = {
  test_elicitation: ({ message }) => ({
    user: elicit(message, { username: { type: "string" }, email: { type: "string" } }),
  }),
  test_sampling: ({ prompt }) => ({ completion: sample(prompt) }),
  test_elicitation_sep1034_defaults: () => ({
    defaults: elicit("Please check", {
      name: { type: "string", default: "John Doe" },
      age: { type: "integer", default: 30 },
      score: { type: "number", default: 95.5 },
      status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
      verified: { type: "boolean", default: true },
    }),
  }),
  test_elicitation_sep1330_enums: () => ({
    enums: elicit("Please choose", {
      untitledSingle: { type: "string", enum: OPTIONS },
      titledSingle: { type: "string", oneOf: TITLED },
      legacyEnum: { type: "string", enum: ["opt1", "opt2"], enumNames: ["Option One", "Option Two"] },
      untitledMulti: { type: "array", items: { type: "string", enum: OPTIONS } },
      titledMulti: { type: "array", items: { anyOf: TITLED } },
    }),
  }),
  test_missing_capability: () => ({ capital: CAPITAL }),
  test_streaming_elicitation: () => ({ user_name: NAME }),
  test_input_required_result_elicitation: () => ({ user_name: NAME }),
  test_input_required_result_sampling: () => ({ capital: CAPITAL }),
  test_input_required_result_list_roots: () => ({ client_roots: inputRequired.listRoots() }),
  test_input_required_result_request_state: () => ({ confirm: CONFIRM }),
  test_input_required_result_tampered_state: () => ({ confirm: CONFIRM }),
  test_input_required_result_multiple_inputs: () => ({
    user_name: NAME,
    greeting: sample("Generate a greeting"),
    client_roots: inputRequired.listRoots(),
  }),
};

/** Without arguments but for the two that say what they ask. */
const ARGUMENTS = { test_elicitation: ["message"], test_sampling: ["prompt"] };

const ASKING = [
  ...Object.keys(QUESTIONS),
  "test_input_required_result_multi_round",
  "test_input_required_result_capabilities",
].map((name) => ({
  name,
  description: `Asks for the scenario of ${name}`,
  inputSchema: object(Object.fromEntries((ARGUMENTS[name] ?? []).map((argument) => [argument, { type: "string" }]))),
}));

const HEADED = {
  name: "test_custom_header",
  description: "Takes an argument that a header repeats",
  inputSchema: object({ region: { type: "string", "x-mcp-header": "Region" } }),
};

const asked = async (inputRequests, done = {}) =>
  inputRequired({ inputRequests, requestState: await state.mint(done) });

async function callTool({ name, arguments: given = {} }, { mcpReq }) {
  const { inputResponses: answers = {} } = mcpReq;
  const log = (data) => mcpReq.log("info", data);
  switch (name) {
    case "test_custom_header":
      return answer(text(given.region));
    case "test_input_required_result_multi_round": {
      const { step1 } = mcpReq.requestState() ?? {};
      if (answers.step2) return answer(text(`${step1} likes ${answers.step2.content.color}`));
      const named = acceptedContent(answers, "step1");
      return named
        ? asked(
            { step2: elicit("Step 2: What is your favorite color?", { color: { type: "string" } }) },
            { step1: named.name },
          )
        : asked({ step1: elicit("Step 1: What is your name?", { name: { type: "string" } }) });
    }
    case "test_input_required_result_capabilities": {
      const { "io.modelcontextprotocol/clientCapabilities": can } = mcpReq.envelope;
      return asked(can.elicitation ? { user_name: NAME } : { capital: CAPITAL });
    }
    default: {
      const questions = QUESTIONS[name]?.(given);
      if (questions) {
        const isAnswered = Object.keys(questions).every((question) => answers[question]);
        return isAnswered ? answer(text(`state-ok: ${JSON.stringify(answers)}`)) : asked(questions);
      }
      return offerings.RESULTS[name]({ notify: mcpReq.notify, progressToken: mcpReq._meta?.progressToken, log });
    }
  }
}

const ASKING_PROMPT = { name: "test_input_required_result_prompt", description: "Asks for what it is about" };

function getPrompt({ params }, { mcpReq }) {
  if (params.name !== ASKING_PROMPT.name) return offerings.messagesOf(params);
  const about = acceptedContent(mcpReq.inputResponses, "user_context");
  if (about) return says(text(about.context));
  return asked({ user_context: elicit("What context should the prompt use?", { context: { type: "string" } }) });
}

function conformance() {
  const capabilities = { tools: {}, prompts: {}, resources: {}, logging: {} };
  const server = new Server(
    { name: "conformance", version: "1.0.0" },
    { capabilities, requestState: { verify: state.verify } },
  );
  server.setRequestHandler("tools/list", () => ({ tools: [...offerings.TOOLS, ...ASKING, HEADED] }));
  server.setRequestHandler("tools/call", ({ params }, context) => callTool(params, context));
  server.setRequestHandler("prompts/list", () => ({ prompts: [...offerings.PROMPTS, ASKING_PROMPT] }));
  server.setRequestHandler("prompts/get", getPrompt);
  server.setRequestHandler("resources/list", () => ({ resources: offerings.RESOURCES }));
  server.setRequestHandler("resources/templates/list", () => ({ resourceTemplates: offerings.TEMPLATES }));
  server.setRequestHandler("resources/read", ({ params: { uri } }) => {
    const contents = offerings.contentsOf(uri);
    if (!contents) throw new sdk.ResourceNotFoundError(uri);
    return { contents };
  });
  return server;
}

const stateless = createMcpHandler(conformance, { legacy: "reject" });
const sessions = new Map();

listen(async (request) => {
  if (!(await isLegacyRequest(request))) return stateless.fetch(request);
  const kept = sessions.get(request.headers.get("mcp-session-id"));
  if (kept) return kept.handleRequest(request);
  const transport = new sdk.WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
  });
  await conformance().connect(transport);
  return transport.handleRequest(request);
});
