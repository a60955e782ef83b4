/**
 * A request whose body is at hand. The platform's own class would put it into a stream, and read it out again, at every
 * hop of a call. It offers no `body` stream, and may be read more than once.
 */
export class BufferedRequest extends Request {
  private readonly buffer: Buffer;

  constructor(url: string, { body, ...init }: RequestInit & { readonly body: string | ArrayBuffer }) {
    super(url, init);
    this.buffer = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
  }

  override readonly text = async (): Promise<string> => this.buffer.toString();
  override readonly json = async (): Promise<unknown> => JSON.parse(this.buffer.toString());
  override readonly arrayBuffer = async (): Promise<ArrayBuffer> => new Uint8Array(this.buffer).buffer;
  override readonly clone = (): this => this;
}
