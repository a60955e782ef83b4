/** A call whose answer is an event stream, message by message. */
export interface OpenCall {
  readonly headers: Headers;
  /** The next message. @throws where the stream has ended */
  next(): Promise<Record<string, unknown>>;
  /** Goes away. */
  close(): void;
}

/** POSTs JSON-RPC, and reads what comes as it comes. */
export async function openCall(url: string, message: object, headers: Record<string, string>): Promise<OpenCall> {
  const gone = new AbortController();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: JSON.stringify(message),
    signal: gone.signal,
  });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    throw new Error(`No event stream, but ${response.status}: ${await response.text()}`);
  }
  const messages = messagesOf(response);
  return {
    headers: response.headers,
    async next() {
      const { done, value } = await messages.next();
      if (done) throw new Error("The stream has ended");
      return value;
    },
    close: () => gone.abort(),
  };
}

async function* messagesOf({ body }: Response): AsyncGenerator<Record<string, unknown>, void> {
  let text = "";
  for await (const chunk of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = text
        .slice(0, end)
        .replace(/^event: message\n/, "")
        .replace(/^data: /, "");
      text = text.slice(end + 2);
      yield JSON.parse(data) as Record<string, unknown>;
    }
  }
}
