// Hands every request on to a server, and checks nothing: node bare-proxy.mjs PORT TARGET_PORT
import { Agent, createServer, request } from "node:http";

const [port, targetPort] = process.argv.slice(2).map(Number);
const agent = new Agent({ keepAlive: true });

createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming;
  const onward = request({ host: "127.0.0.1", port: targetPort, agent, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
}).listen(port, "127.0.0.1");
