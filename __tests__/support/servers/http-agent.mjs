// An agent as AgentCore Runtime's HTTP contract has it: /ping and /invocations. It answers with what it was sent; to a
// request with "steps" with an event for each, of which all but the first wait for a request with "go". It also says how
// its streams have ended.
import { createServer } from "node:http";

let goOn = () => undefined;
const ended = [];
const told = () => new Promise((resolve) => (goOn = resolve));

const json = (response, status, value) => {
  response.writeHead(status, { "content-type": "application/json", "x-agent": "echo" });
  response.end(JSON.stringify(value));
};

async function stream(response, steps) {
  response.once("close", () => ended.push(response.writableFinished ? "finished" : "left"));
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const [index, step] of steps.entries()) {
    if (index > 0) await told();
    response.write(`data: ${JSON.stringify(step)}\n\n`);
  }
  response.end();
}

const server = createServer(async (request, response) => {
  if (request.url === "/ping") return json(response, 200, { status: "Healthy" });
  if (request.method !== "POST" || request.url !== "/invocations") return json(response, 404, {});
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const said = /json/.test(request.headers["content-type"] ?? "") ? JSON.parse(body) : {};
  if (said.go) goOn();
  if (said.steps) return stream(response, said.steps);
  json(response, said.status ?? 200, { said, body: body.toString("base64"), headers: request.headers, ended });
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? "0.0.0.0", () =>
  console.log(`Listening on port ${server.address().port}`),
);
