import type { RequestListener } from "node:http";
import { createRequire } from "node:module";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { installPackages, packagesFolder } from "./installed-packages";

const NAME = "open-api-judge";

/** Installs the validator of requests, which is none of the project's own, on first use. */
export function installOpenApiJudge(): string | undefined {
  return installPackages(NAME, { "express-openapi-validator": "5.6.2", express: "5.1.0" });
}

/** A request as the validator has read it by the document, with values of the types that this gives them. */
export interface JudgedRequest {
  readonly operationId?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Why the document does not allow it. */
  readonly errors?: unknown;
}

interface Request {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly files?: readonly { readonly fieldname: string; readonly buffer: Buffer }[];
  readonly openapi?: {
    readonly pathParams?: Readonly<Record<string, unknown>>;
    readonly schema?: { readonly operationId?: string };
  };
}
interface Response {
  status(code: number): { json(body: unknown): void };
}
type Handler = (request: Request, response: Response, next: (error?: unknown) => void) => void;
type ErrorHandler = (error: unknown, request: Request, response: Response, next: () => void) => void;
type App = RequestListener & { use(handler: Handler | ErrorHandler | readonly Handler[]): void };

interface Express {
  (): App;
  json(options: object): Handler;
  urlencoded(options: object): Handler;
}

/** A server that takes the requests which a document allows, by `express-openapi-validator`, and tells what they held. */
export class OpenApiJudge {
  readonly judged: JudgedRequest[] = [];
  private constructor(private readonly server: Server) {}

  static async start(document: object): Promise<OpenApiJudge> {
    const load = createRequire(join(packagesFolder(NAME), "/"));
    const express = load("express") as Express;
    const { middleware } = load("express-openapi-validator") as {
      readonly middleware: (options: object) => readonly Handler[];
    };
    const app = express();
    const judge = new OpenApiJudge(createServer(app));
    app.use(express.json({ strict: false }));
    app.use(express.urlencoded({ extended: false }));
    app.use(
      middleware({
        apiSpec: document,
        validateRequests: { allowUnknownQueryParameters: false },
        validateResponses: false,
        validateSecurity: false,
        validateApiSpec: true,
        fileUploader: {},
      }),
    );
    app.use((request: Request, response: Response) => {
      const { openapi = {}, params, query, headers, body, files } = request;
      const uploads = Object.fromEntries((files ?? []).map((file) => [file.fieldname, file.buffer.toString()]));
      judge.judged.push({
        operationId: openapi.schema?.operationId,
        parameters: { ...headers, ...query, ...params, ...openapi.pathParams },
        body: files ? { ...(body as object), ...uploads } : body,
      });
      response.status(200).json({});
    });
    app.use((error: unknown, _request: Request, response: Response, _next: () => void) => {
      const { message, errors } = error as { message?: string; errors?: unknown };
      judge.judged.push({ parameters: {}, body: undefined, errors: errors ?? message });
      response.status(400).json({ message });
    });
    await new Promise<void>((resolve) => judge.server.listen(0, "127.0.0.1", resolve));
    return judge;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }
}
