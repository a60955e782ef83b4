// Serves at HOST and PORT what is written as a function of a Request.
import { createServer } from "node:http";
import { Readable } from "node:stream";

export function listen(serve) {
  const server = createServer((request, response) => {
    void answer(serve, request, response).catch(() => response.destroy());
  });
  const say = () => console.log(`listening on ${server.address().port}`);
  server.listen(Number(process.env.PORT ?? 0), process.env.HOST ?? "127.0.0.1", say);
  process.once("SIGTERM", () => process.exit(0));
}

async function answer(serve, request, response) {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const { method, headers } = request;
  const body = method === "POST" ? Readable.toWeb(request) : undefined;
  const url = `http://${headers.host}${request.url}`;
  const answered = await serve(new Request(url, { method, headers, body, duplex: "half", signal: gone.signal }));
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (!answered.body) return void response.end();
  Readable.fromWeb(answered.body)
    .on("error", () => response.destroy())
    .pipe(response);
}
