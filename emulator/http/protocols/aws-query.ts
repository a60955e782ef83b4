import type { z } from "zod";

import { enforce } from "../../cloud/constraints";
import { AwsError, type AwsErrorCode } from "../../cloud/errors";
import type { FetchHandler, ServedAccount } from "./aws-json";
import { verifySigV4, type SigV4Refusal } from "./sigv4";
import { toXml, type XmlValue } from "./xml";

/** One operation of a service that speaks AWS Query; whoever calls again what was kept has no access key. */
export type QueryOperation = (form: Form, accessKeyId?: string) => XmlValue;

/** A request's members: texts, lists and structures of them. */
export interface Form {
  [member: string]: FormValue;
}
type FormValue = string | FormValue[] | Form;

export interface QueryService {
  readonly signingName: string;
  /** Where its requests are signed for. @default - the account's region */
  readonly region?: string;
  /** The namespace of its answers, for example `https://sts.amazonaws.com/doc/2011-06-15/`. */
  readonly namespace: string;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}

/** @throws AwsError ValidationError */
export function queryOperation<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.output<Schema>, accessKeyId?: string) => XmlValue | void,
): QueryOperation {
  return (form, accessKeyId) => run(enforce(schema, form, "ValidationError"), accessKeyId) ?? {};
}

/** The AWS Query protocol: operation and members in a form, answers and errors in XML. */
export function queryHandler(service: QueryService, account: ServedAccount): FetchHandler {
  const { signingName, operations } = service;
  account.journal.offer(signingName, Object.keys(operations), (action, input) => operations[action]?.(input as Form));
  return async (request) => {
    const requestId = account.environment.random.uuid();
    const respond = (status: number, element: string, content: XmlValue) =>
      xmlResponse(status, `<${element} xmlns="${service.namespace}">${toXml(content)}</${element}>`);
    try {
      const { action, result } = await dispatch(service, account, request);
      const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } };
      return respond(200, `${action}Response`, content);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const content = { Error: { Type: "Sender", Code: error.code, Message: error.message }, RequestId: requestId };
      return respond(error.status, "ErrorResponse", content);
    }
  };
}

async function dispatch(
  { signingName, region, operations }: QueryService,
  { environment: { region: callersRegion }, journal, sessionCredentials }: ServedAccount,
  request: Request,
): Promise<{ action: string; result: XmlValue }> {
  const body = Buffer.from(await request.arrayBuffer());
  const scope = { service: signingName, region: region ?? callersRegion, callersRegion };
  const verdict = await verifySigV4(request, body, scope, sessionCredentials);
  if (!verdict.verified) throw new AwsError(REFUSAL_CODES[verdict.reason], verdict.message);

  const form = readForm(new URLSearchParams(body.toString()));
  const action = typeof form["Action"] === "string" ? form["Action"] : "";
  const run = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (!run) {
    const offered = Object.keys(operations).join(", ");
    throw new AwsError(
      "InvalidAction",
      `The emulator does not offer ${action} of ${signingName}. It offers ${offered}.`,
    );
  }
  return { action, result: await journal.run(signingName, action, form, () => run(form, verdict.accessKeyId)) };
}

/** `Tags.member.1.Key=a` is the first entry of a list: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
function readForm(fields: URLSearchParams): Form {
  const form = emptyStructure();
  for (const [path, value] of fields) {
    const steps = path.split(".", MOST_STEPS + 1);
    setMember(form, steps.length > MOST_STEPS ? [path] : steps, value);
  }
  return form;
}

/** No member of these services lies half as deep; what does is the name of none. */
const MOST_STEPS = 20;

function setMember(structure: Form, [name = "", ...rest]: string[], value: string): void {
  const [first, index, ...inner] = rest;
  if (first === undefined) structure[name] = value;
  else if (first !== "member") setMember(structureAt(structure, name), rest, value);
  else {
    const known = Object.hasOwn(structure, name) ? structure[name] : undefined;
    const list = Array.isArray(known) ? known : [];
    structure[name] = list;
    // Lists are counted from 1, without gaps; what is out of order or made up comes last.
    const place = Math.min(Math.max(Number(index) || 1, 1), list.length + 1) - 1;
    if (inner.length === 0) list[place] = value;
    else setMember((list[place] = asStructure(list[place])), inner, value);
  }
}

function structureAt(structure: Form, name: string): Form {
  const found = asStructure(Object.hasOwn(structure, name) ? structure[name] : undefined);
  structure[name] = found;
  return found;
}

function asStructure(value: FormValue | undefined): Form {
  return typeof value === "object" && !Array.isArray(value) ? value : emptyStructure();
}

/** Members have any name, also those that every object of JavaScript has. */
function emptyStructure(): Form {
  return Object.create(null) as Form;
}

const REFUSAL_CODES: Readonly<Record<SigV4Refusal["reason"], AwsErrorCode>> = {
  missing: "MissingAuthenticationToken",
  incomplete: "IncompleteSignature",
  "unknown-client": "InvalidClientTokenId",
  scope: "SignatureDoesNotMatch",
  expired: "SignatureDoesNotMatch",
  mismatch: "SignatureDoesNotMatch",
  content: "SignatureDoesNotMatch",
};

function xmlResponse(status: number, body: string): Response {
  return new Response(body, { status, headers: { "content-type": "text/xml" } });
}
