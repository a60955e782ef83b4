// The limit: parses the same JSON and answers the same JSON, with no protocol, no checks and no log.
import { createServer } from "node:http";

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { id, params } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const result = params.arguments.a + params.arguments.b;
    const text = JSON.stringify({
      jsonrpc: "2.0",
      id,
      result: { content: [{ type: "text", text: String(result) }], structuredContent: { result }, isError: false },
    });
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
    response.end(text);
  });
}).listen(Number(process.env.PORT), process.env.HOST);
