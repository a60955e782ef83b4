import { TargetDocumentError } from "./target-kind";

/** What a header can be called: RFC 9110, sections 5.1 and 5.6.2. */
export const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** What two ends of a connection say to each other alone: RFC 9110, and `keep-alive` of RFC 2068. */
export const CONNECTION_HEADERS: readonly string[] = [
  ...["connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"],
];

/** Of a list, each. */
export function texts(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
}

/** Half of a surrogate pair is no text. */
export function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** What no header can hold would end it. */
export function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/g, " ");
}

/** @throws TargetDocumentError for a path that clients and servers shorten */
export function refuseDots(path: string): void {
  if (/\/\.{1,2}(\/|$)/.test(path)) {
    throw new TargetDocumentError("A path parameter may not be a dot or two, which lead to another path.");
  }
}
