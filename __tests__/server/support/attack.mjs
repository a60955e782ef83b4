// Holds connections to a server, until it is killed: some call for a large answer and never read it, others never end
// their bodies. Arguments: port, how many of each.
import { connect } from "node:net";

const [port, readers, bodies] = process.argv.slice(2).map(Number);
const head =
  "POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
const call = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "giant", arguments: {} } });

function open(text) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  socket.write(text);
  socket.pause();
}

for (let index = 0; index < readers; index++) open(`${head}Content-Length: ${call.length}\r\n\r\n${call}`);
for (let index = 0; index < bodies; index++) {
  open(`${head}Content-Length: 4000000\r\n\r\n{"x":"${"y".repeat(250_000)}`);
  if (index % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log("held");
setInterval(() => undefined, 1000);
